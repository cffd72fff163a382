import { randomBytes } from 'node:crypto';
import { Refusal, type Clock } from '@wennuan/basics';
import { alipayChannel } from './channel.alipay.ts';
import { platformChannel } from './channel.platform.ts';
import type { Channel } from './channel.ts';
import { wechatChannel } from './channel.wechat.ts';
import type { PaymentConfig } from './payment.config.ts';

/** The ways of paying in that are set up. */
export interface Channels {
  readonly all: readonly Channel[];
  /** What is offered to givers, the designated platform's cashier (or its sandbox) first. */
  readonly offered: readonly Channel[];
  /** The offered one of this code, or the first. Refuses `channel_unknown`. */
  choose(code: string | null): Channel;
  /** The one of this code, offered or not; notices of what was begun earlier still count. */
  of(code: string): Channel | null;
}

export interface ChannelNeeds {
  clock: Clock;
  fetch: typeof fetch;
  /** WeChat Pay, played, where the real one is not set up. */
  wechatSandbox?: Channel | null;
}

const NONCE_BYTES = 16;

/**
 * Makes the channels of a configuration. Where a platform is set up its sandbox is not offered. The
 * federation's own page is off by default: then only the platform's cashier is offered.
 */
export function createChannels(
  config: PaymentConfig,
  sandbox: Channel | null,
  needs: ChannelNeeds,
): Channels {
  const more = { ...needs, nonce: () => randomBytes(NONCE_BYTES).toString('hex') };
  const platform = config.platform && platformChannel(config.platform, more);
  const own = [
    config.wechat ? wechatChannel(config.wechat, more) : (needs.wechatSandbox ?? null),
    config.alipay && alipayChannel(config.alipay, needs),
  ].filter((channel) => channel !== null);
  const main = platform ?? sandbox;
  const offered = [...(main ? [main] : []), ...(config.ownPage || needs.wechatSandbox ? own : [])];
  const all = [platform, sandbox, ...own].filter((channel) => channel !== null);
  return {
    all,
    offered,
    choose(code) {
      const chosen = code === null ? offered[0] : offered.find((one) => one.code === code);
      if (!chosen) throw new Refusal('channel_unknown');
      return chosen;
    },
    of: (code) => all.find((channel) => channel.code === code) ?? null,
  };
}
