import type { Random } from '@wennuan/basics';
import type { Asked } from './life.ts';
import type { Mix } from './mixes.ts';
import { between, pick } from './names.ts';
import requests from '../../../../demo/requests.json' with { type: 'json' };
import wishes from '../../../../demo/wishes.json' with { type: 'json' };

/** What is asked for: from the lists of the demo, each time with its own price and words. */
export function askedFor(random: Random, mix: Pick<Mix, 'kind' | 'way'>, title?: string): Asked {
  if (mix.kind === 'help_request') {
    const one =
      requests.requests.find((request) => request.title === title) ??
      pick(random, requests.requests);
    return {
      title: one.title,
      story: one.story,
      picture: 'paper',
      amountFen: between(random, one.yuan[0]! / 100, one.yuan[1]! / 100) * 10_000,
      publicTitle: null,
      publicText: null,
      seen: one.seen,
      secondSource: one.second,
      aid: one.aid,
    };
  }
  const list = wishes[mix.way];
  const one =
    list.find((wish) => wish.title === title) ?? pick<(typeof list)[number]>(random, list);
  return {
    title: one.title,
    story: one.story,
    picture: one.picture,
    amountFen: between(random, one.yuan[0]!, one.yuan[1]!) * 100,
    publicTitle: one.publicTitle,
    publicText: pick(random, one.publicTexts),
    seen: '入户查看，所说属实，家中确实没有或已损坏。',
    secondSource: null,
    aid: null,
  };
}
