import { useMediaQuery } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'

/** Passing messages, where nothing is to be pressed: on a phone the buttons are below, on a desk above. */
export function Messages() {
  const isPhone = useMediaQuery('(max-width: 860px)')
  return <Notifications position={isPhone ? 'top-center' : 'bottom-right'} limit={2} autoClose={3500} />
}
