/** What the module `supervision` refuses. */
export const supervisionRefusals = {
  finding_ended: {
    status: 409,
    zh: '这条监督线索已经办结，不能再改。如有新情况，系统会另立一条。',
    en: 'This case has ended and stays as it is. If something new is found, it becomes a case of its own.',
  },
  recovered_amount_required: {
    status: 400,
    zh: '选“已追回”时，请写明追回了多少元。',
    en: 'For “recovered”, say how many yuan came back.',
  },
  referred_to_required: {
    status: 400,
    zh: '选“已移交”时，请写明移交给哪个部门。',
    en: 'For “referred”, say to whom.',
  },
} as const;
