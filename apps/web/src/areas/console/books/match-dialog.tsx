import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes, shapes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Checkbox, Dialog, Form, say, Select, TextField } from '../../../shared/ui/index.ts';
import { oneOf } from '../routes.root.tsx';
import { useSend } from '../parts/send.ts';
import { useFunds } from './accounts.ts';

type Reconciliation = RouteOutput<typeof routes.book.reconciliation>;
type BankLine = Reconciliation['bankOnly'][number];
type Kind = Exclude<(typeof shapes.bankMatches)[number], 'unknown'>;

interface MatchProps {
  line: BankLine;
  found: Reconciliation;
  onClose: () => void;
}

const IN: readonly Kind[] = ['gift', 'deposit', 'batch', 'settlement', 'interest', 'bounced'];
const OUT: readonly Kind[] = ['payment', 'batch', 'return', 'fee', 'bounced'];

/** Says what one line of the bank is. */
export function MatchDialog({ line, found, onClose }: MatchProps) {
  const { t } = useTranslation('console');
  const kinds = line.inFen > 0 ? IN : OUT;
  const [kind, setKind] = useState<Kind>(kinds[0]!);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [accountId, setAccountId] = useState('');
  const [note, setNote] = useState('');
  const match = useSend(routes.book.matchBankLine);
  const amount = formatYuan(line.inFen + line.outFen);
  const send = () =>
    match.run(
      {
        params: { bankLineId: line.id },
        body: { kind, entryIds: [...chosen], accountId: accountId || null, note },
      },
      () => {
        say(t('books.bank.sent'));
        onClose();
      },
    );
  return (
    <Dialog title={t('books.bank.matchFor', { day: line.day, amount })} open wide onClose={onClose}>
      <p className="soft">{[line.counterparty, line.note].filter(Boolean).join(' · ')}</p>
      <Form onSend={send} call={match} send={t('books.bank.send')}>
        <Select
          name="kind"
          label={t('books.bank.what')}
          value={kind}
          onChange={(picked) => {
            setKind(oneOf(kinds, picked) ?? kind);
            setChosen([]);
            setAccountId('');
          }}
          options={kinds.map((one) => ({ value: one, label: t(`books.bank.kinds.${one}`) }))}
        />
        <Which
          {...{ kind, line, found, chosen, accountId }}
          onChosen={setChosen}
          onAccount={setAccountId}
        />
        <TextField
          name="note"
          label={t('books.bank.noteField')}
          optional
          value={note}
          onChange={setNote}
        />
      </Form>
    </Dialog>
  );
}

interface WhichProps {
  kind: Kind;
  line: BankLine;
  found: Reconciliation;
  chosen: readonly string[];
  accountId: string;
  onChosen: (ids: readonly string[]) => void;
  onAccount: (id: string) => void;
}

/** The entries, the channel, the fund or the other line: what a kind asks for. */
function Which(props: WhichProps) {
  const { t } = useTranslation('console');
  const funds = useFunds(['general', 'special', 'management']);
  const channels = useRoute(routes.book.channels).data?.items ?? [];
  const { kind, line, found } = props;
  if (kind === 'settlement' || kind === 'interest' || kind === 'fee')
    return (
      <Select
        name="accountId"
        label={t(kind === 'settlement' ? 'books.bank.channel' : 'books.bank.fund')}
        placeholder=""
        value={props.accountId}
        onChange={props.onAccount}
        options={
          kind === 'settlement'
            ? channels.map((one) => ({ value: one.accountId, label: one.label }))
            : funds
        }
      />
    );
  if (kind === 'bounced')
    return (
      <Select
        name="entryIds"
        label={t('books.bank.other')}
        placeholder=""
        value={props.chosen[0] ?? ''}
        onChange={(id) => props.onChosen(id ? [id] : [])}
        options={found.bankOnly
          .filter(
            (one) => one.id !== line.id && one.inFen === line.outFen && one.outFen === line.inFen,
          )
          .map((one) => ({
            value: one.id,
            label: t('books.bank.entryWords', {
              day: one.day,
              number: one.reference,
              label: one.note,
              amount: formatYuan(one.inFen + one.outFen),
            }),
          }))}
      />
    );
  return <Entries {...props} />;
}

function Entries({ kind, line, found, chosen, onChosen }: WhichProps) {
  const { t } = useTranslation('console');
  const fits = found.bookOnly.filter(
    (entry) =>
      (kind === 'batch' ? entry.kind !== 'deposit' : entry.kind === kind) &&
      (line.inFen > 0 ? entry.inFen > 0 : entry.outFen > 0),
  );
  if (fits.length === 0) return <p className="soft">{t('books.bank.noneOpen')}</p>;
  return (
    <fieldset className="field">
      <legend>{t('books.bank.entries')}</legend>
      {fits.slice(0, 200).map((entry) => (
        <Checkbox
          key={entry.id}
          name={`entry-${entry.id}`}
          label={t('books.bank.entryWords', {
            day: entry.day,
            number: entry.number,
            label: entry.label,
            amount: formatYuan(entry.inFen + entry.outFen),
          })}
          checked={chosen.includes(entry.id)}
          onChange={(on) =>
            onChosen(
              on
                ? [...(kind === 'batch' || kind === 'deposit' ? chosen : []), entry.id]
                : chosen.filter((id) => id !== entry.id),
            )
          }
        />
      ))}
    </fieldset>
  );
}
