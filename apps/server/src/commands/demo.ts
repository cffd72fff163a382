import { type DemoSignIn, demoSignIns, fillWithDemo } from './demo-district.ts';
import { type CommonOptions, usingDistrict } from './using-database.ts';
import { CommandError } from './errors.ts';
import { showProgress } from './progress.ts';

/** `wennuan demo`: fills an empty district with the demo district and prints whom to sign in as. */
export async function runDemo(options: CommonOptions): Promise<void> {
  await usingDistrict(options, async (database) => {
    if (!(await fillWithDemo(database, showProgress))) {
      throw new CommandError(
        '这个区已有数据，演示区只能建在空的区里。请用 --data 指定另一个文件夹。',
        'This district holds data; the demo district can only be made in an empty one. ' +
          'Name another folder with --data.',
      );
    }
    printSignIns(await demoSignIns(database));
  });
}

/** Prints the demo accounts, one line each. */
export function printSignIns(signIns: readonly DemoSignIn[]): void {
  if (signIns.length === 0) return;
  console.log('\n演示账号 · Demo sign-ins');
  for (const { who, name, password } of signIns) console.log(`  ${who}  ${name}  ${password}`);
}
