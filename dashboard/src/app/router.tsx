import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { z } from 'zod'
import { BulletinStatus } from '#protocol/http/bulletins.ts'
import { LocalDate } from '#protocol/http/common.ts'
import { InboxFilter } from '#protocol/http/inbox.ts'
import { AreaCode, BulletinId } from '#protocol/ids.ts'
import { ApiError } from '../lib/api.ts'
import { meQuery } from '../lib/session.ts'
import { EntranceError, ErrorScreen, NotFoundScreen } from './error-screen.tsx'

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  notFoundComponent: NotFoundScreen,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/dang-nhap',
  /** Where the person wanted to go. */
  validateSearch: z.object({ tiep: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./routes/sign-in-page.tsx'), 'SignInPage'),
})

const accept = createRoute({
  getParentRoute: () => root,
  path: '/moi',
  validateSearch: z.object({ token: z.coerce.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./routes/accept-page.tsx'), 'AcceptPage'),
})

const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
  errorComponent: EntranceError,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(meQuery)
    } catch (error) {
      if (error instanceof ApiError && error.code === 'unauthenticated') {
        throw redirect({ to: '/dang-nhap', search: location.href === '/' ? {} : { tiep: location.href } })
      }
      throw error
    }
  },
})

const overview = createRoute({
  getParentRoute: () => app,
  path: '/',
  component: lazyRouteComponent(() => import('./routes/overview-page.tsx'), 'OverviewPage'),
})

const bulletins = createRoute({
  getParentRoute: () => app,
  path: '/ban-tin',
  validateSearch: z.object({ status: BulletinStatus.optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./routes/bulletins-page.tsx'), 'BulletinsPage'),
})

const inbox = createRoute({
  getParentRoute: () => app,
  path: '/ban-tin-den',
  /** `xem`: which of them; `banTin`: one bulletin in all communes. */
  validateSearch: z.object({
    xem: InboxFilter.optional().catch(undefined),
    banTin: BulletinId.optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./routes/inbox-page.tsx'), 'InboxPage'),
})

const newBulletin = createRoute({
  getParentRoute: () => app,
  path: '/ban-tin/moi',
  component: lazyRouteComponent(() => import('./routes/new-bulletin-page.tsx'), 'NewBulletinPage'),
})

const bulletin = createRoute({
  getParentRoute: () => app,
  path: '/ban-tin/$bulletinId',
  component: lazyRouteComponent(() => import('./routes/bulletin-page.tsx'), 'BulletinPage'),
})

const editBulletin = createRoute({
  getParentRoute: () => app,
  path: '/ban-tin/$bulletinId/sua',
  component: lazyRouteComponent(() => import('./routes/edit-bulletin-page.tsx'), 'EditBulletinPage'),
})

const scheduleBulletin = createRoute({
  getParentRoute: () => app,
  path: '/ban-tin/$bulletinId/len-lich',
  component: lazyRouteComponent(() => import('./routes/schedule-bulletin-page.tsx'), 'ScheduleBulletinPage'),
})

const bulletinVersion = createRoute({
  getParentRoute: () => app,
  path: '/ban-tin/$bulletinId/phien-ban/$versionId',
  component: lazyRouteComponent(() => import('./routes/version-page.tsx'), 'VersionPage'),
})

const schedule = createRoute({
  getParentRoute: () => app,
  path: '/lich-phat',
  /**
   * `tuan`: any date of the week shown; `xem`: sessions, or the programmes that they come from; `dia-ban`: whose. A code
   * with digits only arrives as a number.
   */
  validateSearch: z.object({
    'dia-ban': z.coerce.string().pipe(AreaCode).optional().catch(undefined),
    tuan: LocalDate.optional().catch(undefined),
    xem: z.enum(['chuong-trinh']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./routes/schedule-page.tsx'), 'SchedulePage'),
})

const scheduleDay = createRoute({
  getParentRoute: () => app,
  path: '/lich-phat/ngay/$date',
  /** `buoi`: the session whose rundown is shown, by programme and original date. */
  validateSearch: z.object({
    'dia-ban': z.coerce.string().pipe(AreaCode).optional().catch(undefined),
    buoi: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./routes/day-page.tsx'), 'DayPage'),
})

const newProgramme = createRoute({
  getParentRoute: () => app,
  path: '/chuong-trinh/moi',
  validateSearch: z.object({ 'dia-ban': z.coerce.string().pipe(AreaCode).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./routes/new-programme-page.tsx'), 'NewProgrammePage'),
})

const programme = createRoute({
  getParentRoute: () => app,
  path: '/chuong-trinh/$programmeId',
  component: lazyRouteComponent(() => import('./routes/programme-page.tsx'), 'ProgrammePage'),
})

const broadcast = createRoute({
  getParentRoute: () => app,
  path: '/buoi-phat/$broadcastId',
  component: lazyRouteComponent(() => import('./routes/broadcast-page.tsx'), 'BroadcastPage'),
})

const played = createRoute({
  getParentRoute: () => app,
  path: '/nhat-ky',
  /** `thang`: a month, `2026-11`; `theo`: a row for each day, commune or session. */
  validateSearch: z.object({
    thang: z
      .string()
      .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
      .optional()
      .catch(undefined),
    theo: z.enum(['ngay', 'xa', 'buoi']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./routes/played-page.tsx'), 'PlayedPage'),
})

const clusters = createRoute({
  getParentRoute: () => app,
  path: '/cum-loa',
  validateSearch: z.object({
    loc: z.enum(['chu-y', 'online', 'offline']).optional().catch(undefined),
    tim: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./routes/clusters-page.tsx'), 'ClustersPage'),
})

const cluster = createRoute({
  getParentRoute: () => app,
  path: '/cum-loa/$clusterId',
  component: lazyRouteComponent(() => import('./routes/cluster-page.tsx'), 'ClusterPage'),
})

const station = createRoute({
  getParentRoute: () => app,
  path: '/dai',
  component: lazyRouteComponent(() => import('./routes/station-page.tsx'), 'StationPage'),
})

const rules = createRoute({
  getParentRoute: () => app,
  path: '/quy-dinh',
  /** `noi`: of which province or commune. A code with digits only arrives as a number. */
  validateSearch: z.object({ noi: z.coerce.string().pipe(AreaCode).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./routes/rules-page.tsx'), 'RulesPage'),
})

const dictionary = createRoute({
  getParentRoute: () => app,
  path: '/tu-dien',
  /** `noi`: whose dictionary; `tim`: what is looked for. A code with digits only arrives as a number. */
  validateSearch: z.object({
    noi: z.coerce.string().pipe(AreaCode).optional().catch(undefined),
    tim: z.coerce.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./routes/dictionary-page.tsx'), 'DictionaryPage'),
})

const password = createRoute({
  getParentRoute: () => app,
  path: '/doi-mat-khau',
  component: lazyRouteComponent(() => import('./routes/password-page.tsx'), 'PasswordPage'),
})

const routeTree = root.addChildren([
  signIn,
  accept,
  app.addChildren([
    overview,
    bulletins,
    inbox,
    newBulletin,
    bulletin,
    editBulletin,
    scheduleBulletin,
    bulletinVersion,
    schedule,
    scheduleDay,
    newProgramme,
    programme,
    broadcast,
    played,
    clusters,
    cluster,
    station,
    rules,
    dictionary,
    password,
  ]),
])

export const createAppRouter = (client: QueryClient) =>
  createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    defaultErrorComponent: ErrorScreen,
    scrollRestoration: true,
  })

export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}
