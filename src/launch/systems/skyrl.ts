// SkyRL's Tinker server on a cluster, to be driven from here: `gradus train R --engine tinker:URL`. The script is
// templates/serve_skyrl.py.
import { z } from 'zod'
import { template } from '../templates/template.ts'
import type { LaunchSystem } from './launch.ts'
import { environmentField } from './launch-fields.ts'
import { shellWord } from './shell-word.ts'

/** The other backends are built against one CUDA and one vLLM: SkyRL's own checkout or image holds them. */
const jaxPackage = 'skyrl[tinker,jax]==0.3.0'

const schema = z.strictObject({
  backend: z.enum(['jax', 'fsdp', 'megatron']).default('jax').describe('What trains and samples on the cluster.'),
  backendConfig: z
    .record(z.string(), z.json())
    .default({})
    .describe("The backend's own settings, such as max_lora_rank of jax."),
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Where the server listens on its node. It knows no keys: open it to a private network at most.'),
  port: z.int().min(1).max(65_535).default(8000).describe('Its port.'),
  checkpoints: z
    .string()
    .min(1)
    .default('/tmp/skyrl_checkpoints')
    .describe('Folder for checkpoints on the cluster; one that outlives the node lets a run be resumed.'),
  database: z.string().default('').describe('URL of its database; default: a file in the working directory.'),
  gpus: z.number().min(0).default(0).describe('GPUs reserved for the job itself; fsdp and megatron reserve their own.'),
  environment: environmentField([jaxPackage]),
})

/** The system. */
export const skyrl: LaunchSystem = {
  id: 'skyrl',
  summary: "SkyRL's Tinker server, for gradus train --engine tinker:URL",
  trains: false,
  schema,
  presets: {},
  make(settings, { model }) {
    const config = settings as unknown as z.infer<typeof schema>
    const { environment } = config
    const theirs = {
      host: config.host,
      port: config.port,
      'base-model': model,
      backend: config.backend,
      'backend-config': config.backendConfig,
      'checkpoints-base': config.checkpoints,
      'database-url': config.database || 'sqlite:///tinker.db',
    }
    const words = Object.entries(theirs).flatMap(([name, value]) => [
      `--${name}`,
      shellWord(typeof value === 'object' ? JSON.stringify(value) : String(value)),
    ])
    return {
      files: { 'serve_skyrl.py': template('serve_skyrl.py') },
      entrypoint: ['python serve_skyrl.py', ...words].join(' '),
      pip: environment.pip.filter((name) => name !== jaxPackage || config.backend === 'jax'),
      variables: environment.variables,
      ...(config.gpus > 0 && { gpus: config.gpus }),
      theirs,
    }
  },
}
