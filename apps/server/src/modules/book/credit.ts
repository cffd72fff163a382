/** What a credit of the bank may be, and why somebody would think so. */
export interface Proposal {
  kind: 'campaign' | 'claim' | 'fund' | 'item' | 'pledge';
  id: string;
  label: string;
  organizationId: string | null;
  why: ('number' | 'agreement' | 'name' | 'amount' | 'payer')[];
}

export interface Named {
  id: string;
  code: string;
  name: string;
}

/** A promise that waits for money. */
export interface Promised {
  id: string;
  number: string;
  agreementNumber: string | null;
  label: string;
  /** The organisation that promised, by its public name; null for a person. */
  organizationName: string | null;
  /** Sums that would keep it: the next instalment, or all that is left. */
  awaitedFen: readonly number[];
}

/** All that a credit could be. */
export interface Known {
  campaigns: readonly Named[];
  funds: readonly Named[];
  claims: readonly { id: string; organization: string; title: string }[];
  payers: readonly { id: string; name: string }[];
  /** Wishes that still wait for money, by the number their page shows. */
  items: readonly (Named & { neededFen: number })[];
  pledges: readonly Promised[];
  /** Agreements that special funds stand on, with a partner on file. */
  agreements: readonly {
    fundId: string;
    fundName: string;
    partnerId: string;
    partnerName: string;
    number: string;
  }[];
}

const WEIGHT = { number: 8, agreement: 8, name: 3, amount: 2, payer: 4 } as const;

/** Letters and digits of a text, for looking for names in it. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\-_·，。、（）()]/g, '')
    .toUpperCase();
}

/**
 * Whether a text holds a number as a number of its own, blanks and dashes in it aside: W000012 stands neither in
 * W0000123 nor in XW000012, so that a longer number is never taken for a shorter one.
 */
export function holdsNumber(text: string, number: string): boolean {
  const letters = [...plainWords(number)];
  if (letters.length < SHORTEST) return false;
  const pattern = letters
    .map((letter) => letter.replace(/[^\p{L}\p{N}]/gu, '\\$&'))
    .join('[\\s\\-_·，。、()]*');
  const own = new RegExp(`(?<![A-Z0-9])${pattern}(?![A-Z0-9])`, 'u');
  return own.test(text.normalize('NFKC').toUpperCase());
}

const SHORTEST = 4;

interface Line {
  counterparty: string;
  note: string;
  amountFen: number;
}

/**
 * What a credit may be, the likeliest first: what a number in the words names (a wish, a pledge, an agreement, a
 * campaign), a campaign whose name stands there, a claim that waits for this very sum, a fund of the organisation that
 * paid. A proposal is never more than that: a person says which it is.
 */
export function proposalsFor(line: Line, known: Known): Proposal[] {
  const found = [
    ...known.pledges.map((one) => ofPledge(line, one)),
    ...known.items.map((one) => ofItem(line, one)),
    ...known.agreements.map((one) => ofAgreement(line, one)),
    ...known.campaigns.map((one) => ({
      kind: 'campaign' as const,
      id: one.id,
      label: one.name,
      organizationId: null,
      why: reasons(line, one),
    })),
    ...known.claims.map((one) => ofClaim(line, one)),
    ...ofPayer(line, known),
  ];
  const weight = ({ why }: Proposal) => why.reduce((sum, one) => sum + WEIGHT[one], 0);
  const best = new Map<string, Proposal>();
  for (const one of found.filter((proposal) => proposal.why.length > 0)) {
    const key = `${one.kind} ${one.id}`;
    const known = best.get(key);
    if (!known || weight(known) < weight(one)) best.set(key, one);
  }
  return [...best.values()].toSorted((a, b) => weight(b) - weight(a)).slice(0, 8);
}

const wordsOf = (line: Line) => `${line.note} ${line.counterparty}`;
const isPayer = (line: Line, name: string | null) =>
  name !== null && plainWords(name) === plainWords(line.counterparty);

function reasons(line: Line, of: Named): Proposal['why'] {
  return [
    ...(holdsNumber(wordsOf(line), of.code) ? (['number'] as const) : []),
    ...(plainWords(wordsOf(line)).includes(plainWords(of.name)) ? (['name'] as const) : []),
  ];
}

/** A pledge is proposed by its number or its agreement's; who pays and how much only add to that. */
function ofPledge(line: Line, one: Promised): Proposal {
  const named: Proposal['why'] = [
    ...(holdsNumber(wordsOf(line), one.number) ? (['number'] as const) : []),
    ...(one.agreementNumber && holdsNumber(wordsOf(line), one.agreementNumber)
      ? (['agreement'] as const)
      : []),
  ];
  const payer = isPayer(line, one.organizationName) ? (['payer'] as const) : [];
  const amount = one.awaitedFen.includes(line.amountFen) ? (['amount'] as const) : [];
  const isLikely = named.length > 0 || (payer.length > 0 && amount.length > 0);
  const why = isLikely ? [...named, ...payer, ...amount] : [];
  return { kind: 'pledge', id: one.id, label: one.label, organizationId: null, why };
}

function ofItem(line: Line, one: Known['items'][number]): Proposal {
  const why: Proposal['why'] = holdsNumber(wordsOf(line), one.code)
    ? ['number', ...(one.neededFen === line.amountFen ? (['amount'] as const) : [])]
    : [];
  return { kind: 'item', id: one.id, label: `${one.code} ${one.name}`, organizationId: null, why };
}

function ofAgreement(line: Line, one: Known['agreements'][number]): Proposal {
  const why: Proposal['why'] = holdsNumber(wordsOf(line), one.number)
    ? ['agreement', ...(isPayer(line, one.partnerName) ? (['payer'] as const) : [])]
    : [];
  const label = `${one.partnerName} · ${one.fundName}`;
  return { kind: 'fund', id: one.fundId, label, organizationId: one.partnerId, why };
}

function ofClaim(line: Line, one: Known['claims'][number]): Proposal {
  return {
    kind: 'claim',
    id: one.id,
    label: `${one.organization} · ${one.title}`,
    organizationId: null,
    why: ['amount', ...(isPayer(line, one.organization) ? (['payer'] as const) : [])],
  };
}

/** The funds an organisation on file may have given to; nothing where two have the payer's name. */
function ofPayer(line: Line, { payers, funds }: Known): Proposal[] {
  const [payer, second] = payers;
  if (!payer || second) return [];
  return funds.map((one) => ({
    kind: 'fund',
    id: one.id,
    label: `${payer.name} · ${one.name}`,
    organizationId: payer.id,
    why: ['payer', ...reasons(line, one)],
  }));
}
