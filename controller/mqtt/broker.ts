/** What a broker must know of a cluster to let it in. */
export interface ClusterGrant {
  readonly clusterId: string
  /** Counts up with each rotation of the password. */
  readonly generation: number
  /** Whose alerts it hears: commune first, then its province. */
  readonly areaCodes: readonly string[]
}

/** The broker as the controller administers it: who may connect, and which topics each may use. */
export interface Broker extends AsyncDisposable {
  start(): Promise<void>
  /** Where the controller reaches it; known after `start()`. */
  readonly url: string
  /** The controller's own account. */
  readonly account: { readonly username: string; readonly password: string }
  /** Lets the cluster in with exactly its topics; again with other values, it replaces them. */
  grant(cluster: ClusterGrant): Promise<void>
  /** Disconnects the cluster and bars it. */
  revoke(clusterId: string): Promise<void>
  /** Makes the broker agree with the full list: grants what is missing or stale, revokes what is not listed. */
  sync(clusters: Iterable<ClusterGrant> | AsyncIterable<ClusterGrant>): Promise<void>
}
