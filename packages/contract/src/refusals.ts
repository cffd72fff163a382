import { benefitRefusals } from './refusals.benefit.ts';
import { cashRefusals } from './refusals.cash.ts';
import { charitySaleRefusals } from './refusals.charity-sale.ts';
import { campaignRefusals } from './refusals.campaign.ts';
import { counterRefusals } from './refusals.counter.ts';
import { needRefusals } from './refusals.need.ts';
import { moneyRefusals } from './refusals.money.ts';
import { programRefusals } from './refusals.program.ts';
import { rosterRefusals } from './refusals.roster.ts';
import { paymentRefusals } from './refusals.payment.ts';
import { awardRefusals } from './refusals.award.ts';
import { payoutRefusals } from './refusals.payout.ts';
import { disclosureRefusals } from './refusals.disclosure.ts';
import { fileRefusals } from './refusals.file.ts';
import { goodsRefusals } from './refusals.goods.ts';
import { groupBuyRefusals } from './refusals.group-buy.ts';
import { shopRefusals } from './refusals.shop.ts';
import { supervisionRefusals } from './refusals.supervision.ts';

/** A refusal's HTTP status and its sentence in every language; `{name}` is filled from its params. */
interface RefusalText {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

/**
 * Every expected "no" of the system, once. A sentence says what happened, what it means and what to do.
 * Kept in groups by module; codes are never reused for another meaning.
 */
export const refusals = {
  // every route
  not_signed_in: {
    status: 401,
    zh: '您还没有登录，或登录已过期。请重新登录，填写的内容还在。',
    en: 'You are not signed in, or your session has ended. Sign in again; what you typed is kept.',
  },
  not_permitted: {
    status: 403,
    zh: '您当前的身份不能做这件事。如有需要，请切换身份或联系社区。',
    en: 'Your present role may not do this. Switch role, or ask your community.',
  },
  input_invalid: {
    status: 400,
    zh: '有一项填写不正确，请按提示修改。',
    en: 'Something in the form is not right. Please correct it as shown.',
  },
  text_too_long: {
    status: 400,
    zh: '文字太长了，最多 {most} 个字，请删减后再提交。',
    en: 'The text is too long: {most} characters at most. Please shorten it.',
  },
  body_too_large: {
    status: 413,
    zh: '提交的内容太大了，最多 {mostMegabytes} MB。请减少文字或照片。',
    en: 'What you sent is too large: {mostMegabytes} MB at most. Send less text or fewer pictures.',
  },
  not_found: {
    status: 404,
    zh: '没有找到。它可能已被移走，或不在您的范围内。',
    en: 'Not found. It may have moved, or it is outside your area.',
  },
  too_many_requests: {
    status: 429,
    zh: '操作太频繁，请在 {seconds} 秒后再试。',
    en: 'Too many tries. Please try again in {seconds} seconds.',
  },
  busy_elsewhere: {
    status: 409,
    zh: '刚才有别人改动了这条记录。请看最新内容后再决定，您写的还在。',
    en: 'Somebody else has just changed this record. Look at it again before you decide; what you wrote is kept.',
  },
  database_away: {
    status: 503,
    zh: '系统暂时连不上数据库，什么都没有丢失。页面会自己恢复；没有提交成功的，请稍后再点一次。',
    en: 'The database cannot be reached at the moment. Nothing is lost: pages recover by themselves; what was not sent, please send again later.',
  },
  disk_full: {
    status: 507,
    zh: '服务器存储已满，这次没有保存，您填写的还在。请告诉系统管理员腾出空间，过后再提交一次。',
    en: 'The server has no space left, so this was not saved; what you typed is kept. Please tell the administrator to make room, then send it again.',
  },
  unexpected: {
    status: 500,
    zh: '系统出了意外，这次没有保存。请稍后再试，编号 {reference}。',
    en: 'Something unexpected happened and nothing was saved. Please try later; reference {reference}.',
  },
  // place
  area_unknown: {
    status: 400,
    zh: '没有找到这个社区或街道，请从名单中选择。',
    en: 'This community or street is not known. Choose one from the list.',
  },
  // access
  telephone_invalid: {
    status: 400,
    zh: '手机号码应为 11 位数字，请检查。',
    en: 'A mobile number has 11 digits. Please check it.',
  },
  code_wrong: {
    status: 400,
    zh: '验证码不对，还可以再试 {left} 次。',
    en: 'The code is not right. {left} tries left.',
  },
  code_expired: {
    status: 400,
    zh: '验证码已失效，请重新获取。',
    en: 'The code is no longer valid. Ask for a new one.',
  },
  sign_in_failed: {
    status: 400,
    zh: '用户名、密码或动态码不对。',
    en: 'Name, password or one-time code is wrong.',
  },
  sign_in_locked: {
    status: 429,
    zh: '连续多次登录失败，账号已锁定到 {until}。如不是本人操作，请联系管理员。',
    en: 'Too many failures: the account is locked until {until}. If it was not you, call the administrator.',
  },
  role_not_held: {
    status: 403,
    zh: '您没有这个身份，或它已到期。',
    en: 'You do not hold this role, or it has ended.',
  },
  account_name_taken: {
    status: 409,
    zh: '这个用户名已有人使用，请换一个。',
    en: 'This name is taken. Choose another.',
  },
  deputy_not_self: {
    status: 400,
    zh: '不能把自己设为代理人。',
    en: 'You cannot be your own deputy.',
  },
  deputy_until_invalid: {
    status: 400,
    zh: '代理结束日期应在今天之后、九十天之内。',
    en: 'A deputy needs an end date after today and within ninety days.',
  },
  // message
  push_topic_fixed: {
    status: 409,
    zh: '这类消息与您自己的事情有关，不能关闭。其他各类都可以随时关闭。',
    en: 'These messages are about your own matters and cannot be switched off. All others can.',
  },
  // attachment
  picture_unreadable: {
    status: 400,
    zh: '这个文件不是能识别的照片（JPG、PNG、WebP），或文件已损坏，没有保存。苹果手机的 HEIC 照片请先存为 JPG。请换一张。',
    en: 'This file is not a picture we can read (JPG, PNG, WebP), or it is damaged. It was not saved. Save a HEIC picture as JPG first, or choose another.',
  },
  picture_too_many_pixels: {
    status: 413,
    zh: '照片的像素太多，最多 {mostMegapixels} 百万像素，没有保存。请缩小后再上传，或换一张。',
    en: 'The picture has too many pixels: {mostMegapixels} million at most. It was not saved; make it smaller or choose another.',
  },
  picture_too_large: {
    status: 413,
    zh: '照片太大，单张最多 {mostMegabytes} MB。',
    en: 'The picture is too large: {mostMegabytes} MB at most.',
  },
  attachment_unknown: {
    status: 400,
    zh: '有一张照片没有找到，请重新上传。',
    en: 'A picture was not found. Please upload it again.',
  },
  // approval
  approver_is_proposer: {
    status: 409,
    zh: '提出人不能审批自己的申请。请由另一位审批人处理。',
    en: 'Who proposed cannot approve. Another approver must decide.',
  },
  approver_already_decided: {
    status: 409,
    zh: '您已经审批过了，需要另一位审批人。',
    en: 'You have decided already. Another approver is needed.',
  },
  approver_related: {
    status: 409,
    zh: '您与受益人或收款人有亲属关系，须回避。',
    en: 'You are related to the person or payee and must stand aside.',
  },
  approval_closed: {
    status: 409,
    zh: '这项审批已经结束。',
    en: 'This approval has already ended.',
  },
  reason_required: {
    status: 400,
    zh: '请写明理由，对方会看到。',
    en: 'Please give a reason; the other side will read it.',
  },
  // organisation and resident
  organization_name_taken: {
    status: 409,
    zh: '已有同名单位，请核对是否重复登记。',
    en: 'An organisation of this name exists. Check whether it is the same one.',
  },
  credit_code_invalid: {
    status: 400,
    zh: '统一社会信用代码不对（校验位不符），请按证照核对 18 位代码。',
    en: 'The unified social credit code is not right (its check digit does not fit). Check the 18 characters against the certificate.',
  },
  credit_code_taken: {
    status: 409,
    zh: '这个统一社会信用代码已经登记，请在名单中查找。',
    en: 'This unified social credit code is on file already. Look for it in the list.',
  },
  organization_wrong_kind: {
    status: 400,
    zh: '所选单位不是这里需要的类型。',
    en: 'The chosen organisation is not of the kind needed here.',
  },
  person_not_in_area: {
    status: 404,
    zh: '没有找到这位居民，或不在您的辖区。',
    en: 'This person was not found, or is not in your area.',
  },
  id_number_invalid: {
    status: 400,
    zh: '身份证号码不对：请核对 18 位号码，并与出生日期、性别一致；一时没有可以不填。',
    en: 'The ID number is not right: check its 18 characters against date of birth and gender, or leave it empty for now.',
  },
  account_unknown: {
    status: 404,
    zh: '这个手机号还没有登录过。请本人先用这个号码登录一次，再来绑定。',
    en: 'Nobody has signed in with this number yet. Ask her to sign in once, then bind it.',
  },
  born_in_future: {
    status: 400,
    zh: '出生日期在今天之后，请检查。',
    en: 'The date of birth is after today. Please check it.',
  },
  consent_required: {
    status: 400,
    zh: '请先说明用途并记录本人（或监护人）的同意方式。',
    en: 'First state the purpose and record how consent was given.',
  },
  already_bound: {
    status: 409,
    zh: '这个账号已绑定到一位居民。换绑请先核实身份并解除原绑定。',
    en: 'This account is already bound to a person. Check identity and unbind it first.',
  },
  ...needRefusals,
  ...moneyRefusals,
  ...campaignRefusals,
  ...goodsRefusals,
  ...groupBuyRefusals,
  ...shopRefusals,
  ...charitySaleRefusals,
  ...supervisionRefusals,
  ...programRefusals,
  ...awardRefusals,
  ...payoutRefusals,
  ...cashRefusals,
  ...disclosureRefusals,
  ...fileRefusals,
  ...rosterRefusals,
  ...paymentRefusals,
  ...benefitRefusals,
  ...counterRefusals,
} as const satisfies Record<string, RefusalText>;

export type RefusalCode = keyof typeof refusals;
export type Language = 'zh' | 'en';

/** The sentence of a refusal in a language, its `{params}` filled in. */
export function refusalSentence(
  code: RefusalCode,
  language: Language,
  params: Record<string, string | number> = {},
): string {
  return refusals[code][language].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  );
}
