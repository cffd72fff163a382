import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { openBrowser } from '../browser.ts';
import { addStaff, newDistrict } from '../empty-district.ts';
import { Person, type SignIn } from '../people.ts';
import { type RunningServer, startServer } from '../server.ts';

/** Everybody who acts in the story, by what they are in it. */
export type Who =
  | 'administrator'
  | 'worker'
  | 'secondWorker'
  | 'street'
  | 'district'
  | 'federation'
  | 'approver'
  | 'secondApprover'
  | 'accountant'
  | 'auditor'
  | 'agent'
  | 'wisher'
  | 'asker'
  | 'third'
  | 'neighbour'
  | 'volunteer'
  | 'donor'
  | 'secondDonor'
  | 'visitor';

/** The community of the story, in its street. */
export const place = { street: '淮河路街道', community: '绿云社区' } as const;

/** Telephone numbers of the residents; none of them is anybody's. */
export const telephones = {
  wisher: '19900000001',
  asker: '19900000002',
  third: '19900000003',
  neighbour: '19900000004',
  volunteer: '19900000005',
} as const;

interface Story {
  browser: Browser;
  server: RunningServer;
  /** Addresses and numbers met on the way, to come back to. */
  met: Map<string, string>;
}

let story: Story;
const people = new Map<Who, Person>();
let broken = false;

/** The running story: server, browser and what was met on the way. */
export const theStory = (): Story => story;

/** Somebody of the story; her first page signs in. Visitors and givers do not. */
export function person(who: Who): Person {
  const known = people.get(who);
  if (known) return known;
  const telephone = (telephones as Partial<Record<Who, string>>)[who];
  return addPerson(who, telephone ? { telephone } : null);
}

/** Brings somebody in who signs in with what she was given. */
export function addPerson(who: Who, signIn: SignIn | null): Person {
  const added = new Person(story.browser, story.server.address, signIn);
  people.set(who, added);
  return added;
}

/** An address or number that an earlier step of the story met. */
export function met(name: string): string {
  const value = story.met.get(name);
  if (value === undefined) throw new Error(`the story has not met ${name} yet`);
  return value;
}

// An empty district as a stranger makes it: tables, areas, the first administrator, the server.
beforeAll(async () => {
  const dataDir = await newDistrict();
  const administrator = await addStaff(dataDir, 'admin', '--shown', '魏平');
  const [server, browser] = await Promise.all([
    startServer({ demo: false, dataDir }),
    openBrowser(),
  ]);
  story = { browser, server, met: new Map() };
  addPerson('administrator', administrator);
}, 240_000);

afterAll(async () => {
  await story?.browser.close();
  await story?.server.stop();
});

// Each step stands on the ones before it: after a failure the rest could only wait in vain.
beforeEach((context) => {
  if (broken) context.skip('an earlier step of the story failed');
});
afterEach(({ task }) => {
  if (task.result?.state === 'fail') broken = true;
});
