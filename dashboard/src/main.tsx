import './lib/zod-without-eval.ts'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './app/theme.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Messages } from './app/messages.tsx'
import { createQueryClient } from './app/query-client.ts'
import { createAppRouter } from './app/router.tsx'
import { theme } from './app/theme.ts'
import { startI18n } from './lib/i18n/index.ts'

const client = createQueryClient(() => {
  const { pathname, href } = router.state.location
  if (pathname === '/dang-nhap' || pathname === '/moi') return
  void router.navigate({ to: '/dang-nhap', search: pathname === '/' ? {} : { tiep: href } })
})
const router = createAppRouter(client)
const colorScheme = localStorageColorSchemeManager({ key: 'loa-xa.theme' })

await startI18n()

const host = document.getElementById('root')
if (!host) throw new Error('the page has no #root')
createRoot(host).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      colorSchemeManager={colorScheme}
      defaultColorScheme="light"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <Messages />
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
