import type { SignIn } from './people.ts';
import { copyPrepared } from './prepared.ts';
import { newDataDir, runCommand } from './server.ts';

/** The streets and communities of the demo district. */
const AREAS = new URL('../../demo/areas.csv', import.meta.url).pathname;

/** An empty district as a stranger makes it: its tables and areas (a copy of the run's). Answers its data folder. */
export async function newDistrict(): Promise<string> {
  const dataDir = newDataDir();
  await copyPrepared('empty', dataDir, (folder) => runCommand(folder, ['areas', 'import', AREAS]));
  return dataDir;
}

/** A staff account opened from the command line (`options` of `accounts add`), and how it signs in. */
export async function addStaff(
  dataDir: string,
  name: string,
  ...options: string[]
): Promise<SignIn> {
  const said = await runCommand(dataDir, ['accounts', 'add', name, ...options]);
  return {
    name,
    password: /password\s+(\S+)/.exec(said)![1]!,
    totpUri: /(otpauth:\S+)/.exec(said)![1]!,
  };
}
