// `GET /api/labs` and `GET /api/lab`: the labs below the folder that is shown, and what each found. A lab is named by its
// path; only names that a look at the folder brings up are answered, so none leads out of it.
import { z } from 'zod'
import { isGradusError } from '../../../base/error.ts'
import type { Json } from '../../../base/json.ts'
import type { Manifest } from '../../../lab/index.ts'
import { ApiError } from '../../http/api-error.ts'
import type { LabAnswer, LabsAnswer } from '../api.ts'
import { jsonAnswer } from '../json-answer.ts'
import { checkQuery, runName } from '../query.ts'
import { FolderListings } from '../runs/folder-listing.ts'
import type { DashboardApp, DashboardWorld } from '../world.ts'
import { type FoundLab, findLabs } from './find-labs.ts'
import { LabStore } from './lab-store.ts'

const querySchema = z.object({ lab: runName, testbed: z.string().min(1).max(200).optional() })

/** Adds both routes. */
export function labRoutes(app: DashboardApp, { root, clock }: Pick<DashboardWorld, 'root' | 'clock'>): void {
  const listings = new FolderListings(clock)
  const store = new LabStore()

  app.get('/api/labs', (c) => {
    const labs = findLabs(root, listings).flatMap(({ lab, dir, testbeds }) =>
      testbeds.flatMap((testbed) => {
        const manifest = readable(() => store.manifest(dir, testbed))
        if (manifest === undefined) return []
        return [{ lab, testbed, recipes: manifest.recipes.length, missing: store.missing(dir, manifest) }]
      }),
    )
    return jsonAnswer(c, { labs } satisfies LabsAnswer)
  })

  app.get('/api/lab', async (c) => {
    const { lab: name, testbed } = checkQuery(c, querySchema)
    const lab = findLabs(root, listings).find((one) => one.lab === name)
    if (lab === undefined) throw notThere(`There is no lab "${name.slice(0, 200)}" below this folder.`, 'lab')
    const { results, curves } = await store.findings(lab.dir, manifestOf(lab, testbed, store))
    return jsonAnswer(c, { lab: name, results: results as unknown as Json, curves } satisfies LabAnswer)
  })
}

/** That of the testbed, or the latest. @throws ApiError 404; `store/bad-lab` */
function manifestOf({ lab, dir, testbeds }: FoundLab, testbed: string | undefined, store: LabStore): Manifest {
  if (testbed !== undefined) {
    if (testbeds.includes(testbed)) return store.manifest(dir, testbed)
    const has = testbeds.join(', ')
    throw notThere(`The lab "${lab}" has no results of testbed "${testbed}"; it has those of ${has}.`, 'testbed')
  }
  const known = testbeds.flatMap((one) => readable(() => store.manifest(dir, one)) ?? [])
  const [latest] = known.sort((a, b) => (a.at > b.at ? -1 : 1))
  return latest ?? store.manifest(dir, testbeds[0])
}

/** A manifest that cannot be read is not in lists; asked for by name, it says why. */
function readable(read: () => Manifest): Manifest | undefined {
  try {
    return read()
  } catch (error) {
    if (isGradusError(error)) return undefined
    throw error
  }
}

const notThere = (message: string, param: string): ApiError =>
  new ApiError(message, { status: 404, code: `no-such-${param}`, param })
