import { z } from 'zod'
import { AreaCode } from '../ids.ts'
import { line } from './common.ts'

/** Sở Tư pháp, công chức văn hoá – xã hội, lãnh đạo UBND xã, Sở VHTTDL, kỹ thuật viên, thanh tra, quản trị. */
export const ROLES = ['admin', 'justice', 'officer', 'leader', 'province', 'technician', 'viewer'] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

/** What a role may do; the screen hides what the account cannot do, the server refuses it. */
export const PERMISSIONS = [
  'bulletins.read',
  'bulletins.write',
  'bulletins.approve',
  'bulletins.withdraw',
  'programmes.read',
  'programmes.write',
  'rules.write',
  'silences.write',
  'inbox.decide',
  'clusters.read',
  'clusters.enrol',
  'stations.write',
  'accounts.write',
] as const
export type Permission = (typeof PERMISSIONS)[number]

export const Me = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string(),
  role: Role,
  permissions: z.array(z.enum(PERMISSIONS)),
  /** Areas that the account works for; a province covers its communes; empty with role admin: all. */
  areaCodes: z.array(AreaCode),
})
export type Me = z.infer<typeof Me>

/** The holder of a one-time link creates an account with it. */
export const AcceptInvitation = z.object({
  token: z.string().min(20).max(200),
  name: line(100),
  username: z
    .string()
    .trim()
    .regex(/^[a-z0-9._-]{3,40}$/, 'format.username'),
  password: z.string().min(10).max(128),
})
export type AcceptInvitation = z.infer<typeof AcceptInvitation>

export const CreateInvitation = z.object({
  role: Role,
  areaCodes: z.array(AreaCode).max(200),
})
export type CreateInvitation = z.infer<typeof CreateInvitation>

export const Invitation = z.object({ url: z.string(), expiresAt: z.string() })
export type Invitation = z.infer<typeof Invitation>
