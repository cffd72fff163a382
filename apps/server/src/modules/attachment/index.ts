import type { Id } from '@wennuan/basics';
import type { Actor } from '../../platform/actor.ts';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Tick } from '../../platform/tick.ts';
import { attachmentHandlers } from './attachment.routes.ts';
import { add, adopt, removeUnused, type AttachmentNeeds } from './attachment.service.ts';
import {
  listBySubject,
  readViews,
  type Adoption,
  type AttachmentView,
} from './attachment.store.ts';

export type { Adoption, AttachmentView } from './attachment.store.ts';
export type AttachmentModule = ReturnType<typeof createAttachment>;

/** Pictures: the one way in, the one way out, and whose matter they belong to. */
export function createAttachment(needs: AttachmentNeeds) {
  const ticks: Tick[] = [
    {
      name: 'attachment.remove_unused',
      everySeconds: 3_600,
      run: async () => void (await removeUnused(needs)),
    },
  ];
  return {
    handlers: attachmentHandlers(needs),
    ticks,
    /** Takes one picture in a transaction of its own, as the upload route does: demo, imports, tests. */
    add: (actor: Actor, bytes: Buffer): Promise<AttachmentView> => add(needs, actor, bytes),
    /** Gives the actor's own unused pictures to a subject, all or none; refuses `attachment_unknown`. */
    adopt: (tx: Writing, ids: readonly Id[], adoption: Adoption): Promise<void> =>
      adopt(tx, ids, adoption),
    /** Pictures of subjects as far as the caller may see them; every subject has a list. */
    of: (tx: Scoped, subjectIds: readonly Id[]): Promise<Map<Id, AttachmentView[]>> =>
      listBySubject(tx, subjectIds),
    /** Pictures by id that the caller may see. */
    views: (tx: Scoped, ids: readonly Id[]): Promise<Map<Id, AttachmentView>> => readViews(tx, ids),
  };
}
