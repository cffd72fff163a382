import { createDecipheriv, type KeyObject } from 'node:crypto';
import type { Clock } from '@wennuan/basics';
import { CHANNEL_TIMEOUT_MILLIS, ChannelAway, NOTICE_CLOCK_MILLIS } from './channel.ts';
import { headerOf, isSigned, publicKeyOf, signText } from './rsa.ts';

export interface WechatAccess {
  merchant: string;
  /** Of the merchant's own certificate. */
  serial: string;
  privateKey: KeyObject;
  /** 32 letters; opens notices and downloaded certificates. */
  apiV3Key: string;
  /** Public-key mode: WeChat Pay's key by its id. Without one, certificates are downloaded. */
  platformKey: { id: string; key: KeyObject } | null;
  baseUrl: string;
}

export interface WechatNeeds {
  clock: Clock;
  fetch: typeof fetch;
  /** A fresh random text. */
  nonce(): string;
}

/** Headers of a signed answer or notice, and the bytes they sign. */
export interface WechatSigned {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/** An answer that was proved to be WeChat Pay's. */
export interface WechatAnswer {
  status: number;
  data: Record<string, unknown>;
}

const GCM_TAG_BYTES = 16;
const SERVER_ERROR = 500;

/** Talks to WeChat Pay v3: signs what goes out, believes nothing that is not signed. */
export class WechatClient {
  readonly #access: WechatAccess;
  readonly #needs: WechatNeeds;
  readonly #certificates = new Map<string, KeyObject>();

  constructor(access: WechatAccess, needs: WechatNeeds) {
    this.#access = access;
    this.#needs = needs;
  }

  /** Calls an operation and answers what is proved; throws `ChannelAway` for everything else. */
  async call(method: 'GET' | 'POST', path: string, data?: object): Promise<WechatAnswer> {
    const url = new URL(path, this.#access.baseUrl);
    const answer = await this.#send(method, url, data ? JSON.stringify(data) : '');
    const body = Buffer.from(await answer.arrayBuffer());
    if (answer.status >= SERVER_ERROR) throw new ChannelAway('wechat', `answers ${answer.status}`);
    if (await this.doubt({ headers: headersOf(answer), body }))
      throw new ChannelAway('wechat', 'sends an unproved answer');
    const text = body.toString('utf8');
    return {
      status: answer.status,
      data: text ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  }

  /** Downloads a file whose address an answer gave. */
  async download(address: string): Promise<Buffer> {
    const answer = await this.#send('GET', new URL(address), '');
    if (answer.status !== 200) throw new ChannelAway('wechat', `answers ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  /** Why a signed answer or notice is not believed; null when it is. */
  async doubt(signed: WechatSigned): Promise<'signature_invalid' | 'notice_too_old' | null> {
    const serial = headerOf(signed.headers, 'wechatpay-serial');
    if (!this.#access.platformKey && !this.#certificates.has(serial))
      await this.#downloadCertificates();
    return this.#doubt(signed);
  }

  /** Opens what is sealed with our own key; throws when a byte of it was changed. */
  open(sealed: WechatSealed): string {
    return openSealed(sealed, this.#access.apiV3Key);
  }

  sign(text: string): string {
    return signText(text, this.#access.privateKey);
  }

  #doubt(signed: WechatSigned): 'signature_invalid' | 'notice_too_old' | null {
    const of = (name: string) => headerOf(signed.headers, `wechatpay-${name}`);
    const key = this.#keyOf(of('serial'));
    const text = Buffer.concat([
      Buffer.from(`${of('timestamp')}\n${of('nonce')}\n`),
      signed.body,
      Buffer.from('\n'),
    ]);
    if (!key || !isSigned(text, of('signature'), key)) return 'signature_invalid';
    const away = Math.abs(Number(of('timestamp')) * 1_000 - this.#needs.clock.now().getTime());
    return away <= NOTICE_CLOCK_MILLIS ? null : 'notice_too_old';
  }

  #keyOf(serial: string): KeyObject | null {
    const { platformKey } = this.#access;
    if (platformKey) return platformKey.id === serial ? platformKey.key : null;
    return this.#certificates.get(serial) ?? null;
  }

  async #downloadCertificates(): Promise<void> {
    const url = new URL('/v3/certificates', this.#access.baseUrl);
    const answer = await this.#send('GET', url, '');
    const body = Buffer.from(await answer.arrayBuffer());
    if (answer.status !== 200) throw new ChannelAway('wechat', 'gives no certificates');
    const { data } = JSON.parse(body.toString('utf8')) as {
      data: { serial_no: string; encrypt_certificate: WechatSealed }[];
    };
    // They are sealed with our own key, so nobody else can have made them.
    for (const one of data)
      this.#certificates.set(one.serial_no, publicKeyOf(this.open(one.encrypt_certificate)));
    if (!this.#doubt({ headers: headersOf(answer), body })) return;
    this.#certificates.clear();
    throw new ChannelAway('wechat', 'signed its certificates with another key');
  }

  async #send(method: string, url: URL, body: string): Promise<Response> {
    const { platformKey } = this.#access;
    try {
      return await this.#needs.fetch(url, {
        method,
        headers: {
          accept: 'application/json',
          'user-agent': 'wennuan',
          authorization: this.#authorization(method, `${url.pathname}${url.search}`, body),
          ...(body && { 'content-type': 'application/json' }),
          ...(platformKey && { 'wechatpay-serial': platformKey.id }),
        },
        ...(body && { body }),
        signal: AbortSignal.timeout(CHANNEL_TIMEOUT_MILLIS),
      });
    } catch {
      throw new ChannelAway('wechat', 'cannot be reached');
    }
  }

  #authorization(method: string, path: string, body: string): string {
    const { merchant, serial } = this.#access;
    const timestamp = Math.floor(this.#needs.clock.now().getTime() / 1_000);
    const nonce = this.#needs.nonce();
    const signature = this.sign(`${method}\n${path}\n${timestamp}\n${nonce}\n${body}\n`);
    return (
      `WECHATPAY2-SHA256-RSA2048 mchid="${merchant}",nonce_str="${nonce}",` +
      `signature="${signature}",timestamp="${timestamp}",serial_no="${serial}"`
    );
  }
}

export interface WechatSealed {
  algorithm: string;
  ciphertext: string;
  nonce: string;
  associated_data?: string;
}

/** Opens what is sealed with AES-256-GCM; throws when a byte of it was changed. */
export function openSealed(sealed: WechatSealed, apiV3Key: string): string {
  if (sealed.algorithm !== 'AEAD_AES_256_GCM') throw new Error('sealed in another way');
  const bytes = Buffer.from(sealed.ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, sealed.nonce);
  decipher.setAuthTag(bytes.subarray(-GCM_TAG_BYTES));
  decipher.setAAD(Buffer.from(sealed.associated_data ?? ''));
  return Buffer.concat([
    decipher.update(bytes.subarray(0, -GCM_TAG_BYTES)),
    decipher.final(),
  ]).toString('utf8');
}

function headersOf(answer: Response): Record<string, string> {
  return Object.fromEntries(answer.headers.entries());
}
