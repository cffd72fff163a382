import { isRefusal } from '@wennuan/basics';
import { refusalSentence, roles, type RefusalCode } from '@wennuan/contract';
import { addStaffAccount, composeOn } from './application.ts';
import { type CommonOptions, usingDistrict } from './using-database.ts';
import { CommandError } from './errors.ts';

interface AddOptions extends CommonOptions {
  role: string;
  area?: string;
  shown?: string;
}

/** `wennuan accounts add NAME`: opens a staff account and prints its first password and TOTP address once. */
export async function runAccountsAdd(name: string, options: AddOptions): Promise<void> {
  requireRole(options.role);
  await usingDistrict(options, async (database) => {
    try {
      const areaCode = options.area ?? (await districtCode(database));
      const displayName = options.shown ?? name;
      const { password, totpUri } = await addStaffAccount(database, {
        name,
        displayName,
        role: options.role,
        areaCode,
      });
      console.log(`用户名 · name      ${name}`);
      console.log(`初始密码 · password  ${password}`);
      console.log(`动态码 · TOTP      ${totpUri}`);
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown;
      const code = thrown.code as RefusalCode;
      throw new CommandError(
        refusalSentence(code, 'zh', thrown.params),
        refusalSentence(code, 'en', thrown.params),
      );
    }
  });
}

/** Refuses a role that staff cannot have, with those that they can. */
function requireRole(role: string): void {
  const open: readonly string[] = roles.filter((one) => one !== 'resident');
  if (open.includes(role)) return;
  throw new CommandError(
    `没有“${role}”这个身份，可用：${open.join('、')}。`,
    `There is no role “${role}”; there are ${open.join(', ')}.`,
  );
}

async function districtCode(database: Parameters<typeof composeOn>[0]): Promise<string> {
  const application = await composeOn(database, { log: false });
  try {
    const district = application.place.district();
    if (district) return district.code;
    throw new CommandError(
      '这个区还没有区域，请先运行 areas import。',
      'This district has no areas yet; run areas import first.',
    );
  } finally {
    await application.close();
  }
}
