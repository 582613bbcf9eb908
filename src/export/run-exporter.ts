// What an exporter is: where a run goes below the output folder, and how its files are written there.
import type { RunSource } from './run-source.ts'

/** A format of other programs for what a run recorded. */
export interface RunExporter {
  readonly id: 'tensorboard' | 'wandb' | 'mlflow' | 'otel' | 'parquet'
  /** How the reader is started on the result, or what reads it; one line. `OUT` stands for the output folder. */
  readonly next: string
  /** Folder of this run below the output folder, with `/`. */
  place(run: RunSource): string
  /**
   * Writes the files of the run into `folder`, which is new and empty and becomes OUT/place when all went well.
   * Gives back what a reader should know, one sentence each.
   */
  write(run: RunSource, folder: string, finalFolder: string): Promise<readonly string[]>
  /** Files in OUT that belong to all its runs, by path: written where they are not. */
  shared?(run: RunSource, out: string): Readonly<Record<string, string>>
}
