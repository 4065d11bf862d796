import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { bodyLimit } from 'hono/body-limit'
import { except } from 'hono/combine'
import { secureHeaders } from 'hono/secure-headers'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { authRoutes } from './auth-routes.ts'
import { docsPage } from './docs.ts'
import { bodyOf, errorHandler, plainBody } from './errors.ts'
import { healthRoutes } from './health.ts'
import { mediaRoutes } from './media.ts'
import { router } from './route.ts'
import { accountRoutes, invitationRoutes } from './routes/accounts.ts'
import { airingRulesRoutes } from './routes/airing-rules.ts'
import { areaRoutes, stationRoutes } from './routes/areas.ts'
import { assetRoutes } from './routes/assets.ts'
import { broadcastRoutes } from './routes/broadcasts.ts'
import { bulletinRoutes } from './routes/bulletins.ts'
import { calendarRoutes } from './routes/calendars.ts'
import { clusterRoutes } from './routes/clusters.ts'
import { exemptionRoutes } from './routes/exemptions.ts'
import { inboxRoutes } from './routes/inbox.ts'
import { programmeRoutes } from './routes/programmes.ts'
import { relayRoutes } from './routes/relays.ts'
import { reportRoutes } from './routes/reports.ts'
import { speechRoutes } from './routes/speech.ts'
import { sameOrigin } from './same-origin.ts'
import { requireActor } from './sign-in.ts'
import { streamRoutes } from './stream.ts'
import { UPLOADS_PATH, uploadRoutes } from './uploads.ts'

const MIB = 1024 * 1024
const MAX_BODY_MB = 4

/** The whole HTTP side; it never listens. */
export function createApp(ctx: Context) {
  const app = router()
  app.use(async (c, next) => {
    c.set('requestId', ctx.newId('req'))
    await next()
    c.header('x-request-id', c.get('requestId'))
  })
  app.use(secureHeaders({ contentSecurityPolicy: CONTENT_POLICY, crossOriginResourcePolicy: 'same-site' }))
  app.use(sameOrigin(ctx.publicUrl))
  app.use(
    '/api/*',
    // Uploads have limits of their own, and are written to disk as they come.
    except(
      `${UPLOADS_PATH}/*`,
      bodyLimit({ maxSize: MAX_BODY_MB * MIB, onError: (c) => c.json(bodyOf(TOO_LARGE, c.get('requestId')), 413) }),
    ),
  )
  app.onError(errorHandler(ctx.log))
  app.notFound((c) => c.json(plainBody('not_found', c.get('requestId')), 404))

  app.route('/', healthRoutes(ctx))
  app.route('/media', mediaRoutes(ctx))
  app.route('/api/auth', authRoutes(ctx))
  app.route('/api/invitations', invitationRoutes(ctx))
  app.doc('/api/openapi.json', { openapi: '3.0.3', info: { title: 'Loa Xã', version: '1' } })
  app.route('/api/docs', docsPage())

  app.route('/api', calendarRoutes(ctx))

  app.use('/api/*', requireActor(ctx))
  app.route('/api/stream', streamRoutes(ctx))
  app.route(UPLOADS_PATH, uploadRoutes(ctx))
  app
    .route('/api/bulletins', bulletinRoutes(ctx))
    .route('/api/programmes', programmeRoutes(ctx))
    .route('/api/inbox', inboxRoutes(ctx))
    .route('/api/broadcasts', broadcastRoutes(ctx))
    .route('/api/clusters', clusterRoutes(ctx))
    .route('/api/reports', reportRoutes(ctx))
    .route('/api/speech', speechRoutes(ctx))
    .route('/api/areas', areaRoutes(ctx))
    .route('/api/stations', stationRoutes(ctx))
    .route('/api/assets', assetRoutes(ctx))
    .route('/api/relays', relayRoutes(ctx))
    .route('/api/rules', airingRulesRoutes(ctx))
    .route('/api/exemptions', exemptionRoutes(ctx))
    .route('/api', accountRoutes(ctx))
  app.all('/api/*', (c) => c.json(plainBody('not_found', c.get('requestId')), 404))
  serveDashboard(app)
  return app
}

/** Mantine writes its theme into a style element; nothing else needs more than our own origin. */
const CONTENT_POLICY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  mediaSrc: ["'self'", 'blob:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

const TOO_LARGE = new DomainError('limit', { field: '', key: 'body.tooLarge', values: { limit: MAX_BODY_MB } })

/** The built dashboard; a path that is no file is one of its pages. */
function serveDashboard(app: ReturnType<typeof router>): void {
  const root = dashboardFolder()
  if (!root) return
  app.use(
    '/assets/*',
    serveStatic({ root, onFound: (_path, c) => c.header('cache-control', 'public, max-age=31536000, immutable') }),
  )
  app.use('*', serveStatic({ root }))
  app.get('*', serveStatic({ root, path: 'index.html', onFound: (_path, c) => c.header('cache-control', 'no-cache') }))
}

/** From sources and from compiled JavaScript alike. */
function dashboardFolder(): string | null {
  const here = dirname(fileURLToPath(import.meta.url))
  const candidates = [join(here, '../../dist/dashboard'), join(here, '../../dashboard')]
  return candidates.find((folder) => existsSync(join(folder, 'assets'))) ?? null
}
