import type { routes } from '@wennuan/contract';
import { systemActor } from '../../platform/actor.ts';
import { sentOnce } from '../../platform/form-race.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import type { ComplaintNeeds } from './complaint.needs.ts';
import {
  answerComplaint,
  complain,
  followComplaint,
  readComplaint,
  readComplaints,
  readPublicComplaints,
} from './complaint.service.ts';
import { readPause } from './pause.service.ts';

/** Reports and complaints: anybody's way in, and the two offices that answer. */
export function complaintHandlers(needs: ComplaintNeeds): Handlers<typeof routes.complaint> {
  const { database } = needs;
  // Whoever complains may be nobody we know; the number and code are then the only right.
  const system = systemActor('complaint');
  return {
    complain: ({ actor, body }) =>
      sentOnce(() =>
        database.write(system, 'complaint.complain', (tx) =>
          complain(needs, tx, {
            body,
            accountId: actor.login === 'resident' ? actor.accountId : null,
          }),
        ),
      ),
    followComplaint: ({ params, query }) =>
      database.read(system, (tx) =>
        followComplaint(needs, tx, { number: params.number, code: query.code }),
      ),
    publicComplaints: ({ actor, query }) =>
      database.read(actor, (tx) => readPublicComplaints(tx, query)),
    complaints: ({ actor, query }) => database.read(actor, (tx) => readComplaints(tx, query)),
    readComplaint: ({ actor, params }) =>
      database.read(actor, (tx) => readComplaint(needs, tx, params.complaintId)),
    async answerComplaint({ actor, params, body }) {
      const id = params.complaintId;
      await database.write(actor, 'complaint.answer', (tx) =>
        answerComplaint(needs, tx, { id, ...body }),
      );
      return await database.read(actor, (tx) => readComplaint(needs, tx, id));
    },
    pausedCampaign: ({ actor, params }) =>
      database.read(actor, (tx) => readPause(needs, tx, params.code)),
  };
}
