import { routes } from '@wennuan/contract';
import { usePages } from '../../../shared/api/query.ts';

/** Persons who are to be paid and have no bank account on file, each once; names masked. */
export function useWaitingPersons(): { id: string; label: string }[] {
  const waiting = usePages(routes.payout.waiting, { query: { limit: 200 } });
  const persons = new Map(
    waiting.items
      .filter((line) => line.payeeKind === 'person')
      .map((line) => [
        line.payeeId,
        { id: line.payeeId, label: `${line.payeeLabel} · ${line.number} · ${line.label}` },
      ]),
  );
  return [...persons.values()];
}
