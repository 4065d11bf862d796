import { withWorkFolder } from '../../controller/audio/work-folder.ts'

/** Works in a folder until it is killed. */
const [dataDir = ''] = process.argv.slice(2)
await withWorkFolder(dataDir, async (folder) => {
  process.stdout.write(`${folder}\n`)
  await new Promise((resolve) => setInterval(resolve, 2 ** 30).ref())
})
