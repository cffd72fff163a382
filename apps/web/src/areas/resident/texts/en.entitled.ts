import type { Texts } from '../../../shared/i18n/index.ts';
import type zh from './zh.entitled.ts';

const en: Texts<typeof zh> = {
  entitled: {
    title: 'What I may get',
    lead: 'Every programme, checked against what is on your file. It is a check only: a person decides, and the system refuses nobody.',
    asOf: 'Checked on {{at}}',
    policies: 'All programmes',
    unboundTitle: 'We do not know yet who you are',
    unboundBody:
      'To protect you, a worker of the community first binds this telephone to your file, face to face or by your ID card. Then it is shown here.',
    yes: 'Met by what is on file ({{count}})',
    no: 'Not a candidate by what is on file ({{count}})',
    noLead:
      'Open one to see what is missing. If your file has gaps or errors, ask the community to correct it.',
    noneTitle: 'Nothing is met at present',
    noneBody:
      'Below stands what each one still asks for. If things changed or a record is wrong, ask the community.',
    meets: 'Met by what is on file',
    receives: 'You are receiving this',
    receivesAllTheSame:
      'you are receiving this; the file lacks its ground, and the review will look at it with you',
    seeAid: 'See “My aid”: when it came, and when it comes next',
    notByFile: 'Not by what is on file',
    amount: '(for you: {{amount}})',
    throughHousehold: 'This comes once a household; another member of yours receives it.',
    because: 'It rests on',
    missing: 'What is missing',
    seen: 'On file: {{seen}}',
    held: 'Met',
    unknown: 'Nothing on file about it',
    source: '({{name}}, noted {{at}})',
    next: 'The community will come to tell you and go on with your consent.',
    rules: 'Standard, steps and rules of this programme',
    ask: 'Ask a person',
    askAbout: 'Ask a person: {{name}}',
    askText: 'What you want to say',
    askHint: 'May stay empty. Such as: my disability certificate was renewed this year.',
    askSend: 'Give it to the community',
    asked: 'Given to the community',
    askedBy: 'The community will answer by {{at}}.',
    askedSee: 'See the answer',
  },
};

export default en;
