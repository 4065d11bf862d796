/** Every cache key starts here, so that the live stream can name what an event makes stale. */
export const keys = {
  me: ['me'],
  areas: ['areas'],
  stations: ['stations'],
  bulletins: ['bulletins'],
  bulletinLists: ['bulletins', 'list'],
  bulletin: (id: string) => ['bulletins', 'detail', id],
  programmes: ['programmes'],
  broadcasts: ['broadcasts'],
  broadcastLists: ['broadcasts', 'list'],
  broadcast: (id: string) => ['broadcasts', 'detail', id],
  broadcastDetails: ['broadcasts', 'detail'],
  clusters: ['clusters'],
  clusterLists: ['clusters', 'list'],
  cluster: (id: string) => ['clusters', 'detail', id],
  pronunciations: (areaCode: string) => ['pronunciations', areaCode],
} as const
