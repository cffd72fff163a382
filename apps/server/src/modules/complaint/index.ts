import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { Consumer } from '../../platform/events.ts';
import { complaintHandlers } from './complaint.routes.ts';
import type { ComplaintNeeds } from './complaint.needs.ts';
import { answerComplaint, complain } from './complaint.service.ts';
import { listComplaints } from './complaint.store.ts';
import { tellDonors } from './pause.service.ts';

export { pausedCampaigns } from './pause.service.ts';
export type { ComplaintNeeds } from './complaint.needs.ts';
export type Complaint = ReturnType<typeof createComplaint>;

/** Reports about campaigns and pages, complaints to civil affairs, what is done about them. */
export function createComplaint(needs: ComplaintNeeds) {
  const consumers: Consumer[] = [
    {
      name: 'complaint.tell_donors',
      topics: ['complaint.acted'],
      consume: (tx, events) => tellDonors(needs, tx, events),
    },
  ];
  return {
    handlers: complaintHandlers(needs),
    consumers,
    /** Takes a complaint. System login. */
    complain: (tx: Writing, asked: Parameters<typeof complain>[2]) => complain(needs, tx, asked),
    list: (tx: Scoped, chosen: Parameters<typeof listComplaints>[1]) => listComplaints(tx, chosen),
    /** Answers one as an office. */
    answer: (tx: Writing, given: Parameters<typeof answerComplaint>[2]) =>
      answerComplaint(needs, tx, given),
  };
}
