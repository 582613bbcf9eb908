// Every format that a run can be exported to. Adding one is an import and a line.
import { mlflow } from './mlflow/mlflow.ts'
import { otel } from './otel/otel.ts'
import { parquet } from './parquet/parquet.ts'
import type { RunExporter } from './run-exporter.ts'
import { tensorboard } from './tensorboard/tensorboard.ts'
import { wandb } from './wandb/wandb.ts'

/** The exporters, in the order of the help. */
export const exporters: readonly RunExporter[] = [tensorboard, wandb, mlflow, otel, parquet]
