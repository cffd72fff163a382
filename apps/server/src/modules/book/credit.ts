/** What a credit of the bank may be, and why somebody would think so. */
export interface Proposal {
  kind: 'campaign' | 'claim' | 'fund';
  id: string;
  label: string;
  organizationId: string | null;
  why: ('number' | 'name' | 'amount' | 'payer')[];
}

export interface Named {
  id: string;
  code: string;
  name: string;
}

const WEIGHT = { number: 8, name: 3, amount: 2, payer: 4 } as const;

/** Letters and digits of a text, for looking for numbers in it. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\-_·，。、（）()]/g, '')
    .toUpperCase();
}

/**
 * What a credit may be, the likeliest first: a campaign whose number or name stands in the words, a claim that
 * waits for this very sum, a fund of the organisation that paid. A proposal is never more than that: a person
 * says which it is.
 */
export function proposalsFor(
  line: { counterparty: string; note: string },
  known: {
    campaigns: readonly Named[];
    funds: readonly Named[];
    claims: readonly { id: string; organization: string; title: string }[];
    payers: readonly { id: string; name: string }[];
  },
): Proposal[] {
  const words = plainWords(`${line.note} ${line.counterparty}`);
  const reasons = (of: Named) => [
    ...(words.includes(plainWords(of.code)) ? (['number'] as const) : []),
    ...(words.includes(plainWords(of.name)) ? (['name'] as const) : []),
  ];
  const payer = known.payers.length === 1 ? known.payers[0]! : null;
  const found: Proposal[] = [
    ...known.campaigns.map((one) => ({
      kind: 'campaign' as const,
      id: one.id,
      label: one.name,
      organizationId: null,
      why: reasons(one),
    })),
    ...known.claims.map((one) => ({
      kind: 'claim' as const,
      id: one.id,
      label: `${one.organization} · ${one.title}`,
      organizationId: null,
      why: [
        'amount' as const,
        ...(plainWords(one.organization) === plainWords(line.counterparty)
          ? ['payer' as const]
          : []),
      ],
    })),
    ...(payer
      ? known.funds.map((one) => ({
          kind: 'fund' as const,
          id: one.id,
          label: `${payer.name} · ${one.name}`,
          organizationId: payer.id,
          why: ['payer' as const, ...reasons(one)],
        }))
      : []),
  ];
  const weight = ({ why }: Proposal) => why.reduce((sum, one) => sum + WEIGHT[one], 0);
  return found
    .filter((one) => one.why.length > 0)
    .toSorted((a, b) => weight(b) - weight(a))
    .slice(0, 8);
}
