import { type NotificationData, notifications } from '@mantine/notifications'
import i18next from 'i18next'

/** Says in passing that something worked. */
export const notifyDone = (message: string): void => show({ message, color: 'green' })

/** Says that something did not work, and stays until it is read. */
export const notifyFailed = (title: string, message: string): void =>
  show({ title, message, color: 'red', autoClose: false })

const show = (data: NotificationData): void => {
  notifications.show({ ...data, closeButtonProps: { 'aria-label': i18next.t('common.close') } })
}
