import type { Command } from 'commander'
import { ROLES, Role } from '#protocol/http/accounts.ts'
import { listAccounts } from '../accounts/accounts.store.ts'
import { OPERATOR } from '../accounts/actor.ts'
import { disableAccount, enableAccount, signOutAccount } from '../accounts/end-access.ts'
import { invite } from '../accounts/invite.ts'
import { openLocal } from './local.ts'

export function addUserCommands(program: Command): void {
  const users = program.command('users').description('tài khoản')
  users
    .command('list')
    .description('liệt kê tài khoản, mỗi dòng một tài khoản (JSON)')
    .action(async () => {
      await using local = await openLocal()
      for (const account of await listAccounts(local.db)) console.log(JSON.stringify(account))
    })
  users
    .command('invite')
    .description('tạo liên kết dùng một lần để lập tài khoản')
    .requiredOption('--role <role>', `vai trò: ${ROLES.join(', ')}`)
    .option('--area <code...>', 'mã địa bàn mà tài khoản phụ trách')
    .action(async (options: { role: string; area?: string[] }) => {
      const role = Role.parse(options.role)
      await using local = await openLocal()
      const invitation = await invite(local, { actor: OPERATOR, role, areaCodes: options.area ?? [] })
      console.log(invitation.url)
    })
  for (const [name, description, act] of [
    ['sign-out', 'kết thúc mọi phiên đăng nhập của tài khoản', signOutAccount],
    ['disable', 'khóa tài khoản: kết thúc mọi phiên và không cho đăng nhập nữa', disableAccount],
    ['enable', 'mở khóa tài khoản: đăng nhập lại được bằng mật khẩu cũ', enableAccount],
  ] as const)
    users
      .command(`${name} <username>`)
      .description(description)
      .action(async (username: string) => {
        await using local = await openLocal()
        await act(local, { actor: OPERATOR, username })
      })
}
