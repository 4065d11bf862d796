import { planStation } from '../../../controller/broadcasts/plan-station.ts'
import { openDatabase } from '../../../controller/db/open.ts'
import { createPlanner } from '../../support/planner.ts'

/** A controller's planner as a process of its own: plans one station without pause until it is ended. */
const [name = '', file = '', now = '', areaCode = ''] = process.argv.slice(2)
const { db } = openDatabase({ kind: 'sqlite', file })
const planner = await createPlanner(db, { now: Number(now), name })
process.stdout.write('planning\n')
for (let times = 1; ; times++) {
  // What is overtaken is tried again, as a job is.
  await planStation(planner, { areaCode }).catch(() => {})
  if (times % 20 === 0) process.stdout.write(`planned ${times}\n`)
  await new Promise((resolve) => setImmediate(resolve))
}
