import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Button,
  DateText,
  Dialog,
  EmptyState,
  Facts,
  Form,
  Loaded,
  Money,
  Page,
  RefusalNotice,
  say,
  Select,
  State,
  TextField,
} from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';

type Credits = RouteOutput<typeof routes.book.credits>;
type Credit = Credits['items'][number];
type Proposal = Credit['proposals'][number];

/** What came in at the bank and nobody has explained: recognised with one press, or held apart. */
export function BankCreditsPage() {
  const { t } = useTranslation('console');
  const credits = useRoute(routes.book.credits);
  return (
    <Page title={t('credits.title')} lead={t('credits.lead')}>
      <Loaded query={credits}>
        {({ items, campaigns, wishes }) =>
          items.length === 0 ? (
            <EmptyState title={t('credits.emptyTitle')}>
              <p>{t('credits.emptyBody')}</p>
            </EmptyState>
          ) : (
            items.map((credit) => (
              <CreditCard key={credit.bankLineId} {...{ credit, campaigns, wishes }} />
            ))
          )
        }
      </Loaded>
    </Page>
  );
}

interface CardProps extends Pick<Credits, 'campaigns' | 'wishes'> {
  credit: Credit;
}

const tones = { open: 'accent', unknown: 'warned', returning: 'late', returned: 'done' } as const;

function CreditCard(props: CardProps) {
  const { credit } = props;
  const { t } = useTranslation('console');
  const { session } = useSession();
  const mayWrite = holds(session, 'agreed_gift.write');
  return (
    <section className="panel" aria-label={`${credit.day} ${formatYuan(credit.amountFen)}`}>
      <h2 className="row">
        <Money fen={credit.amountFen} />
        <State tone={tones[credit.state]}>{t(`credits.states.${credit.state}`)}</State>
      </h2>
      <Facts
        rows={[
          [t('books.bank.day'), <DateText at={credit.day} />],
          [t('books.bank.counterparty'), credit.counterparty || '—'],
          [t('books.bank.note'), credit.note || '—'],
          [t('books.bank.reference'), credit.reference || '—'],
          ...(credit.heldNote ? [[t('credits.heldNote'), credit.heldNote] as const] : []),
          ...(credit.returnReason
            ? [[t('credits.returnReason'), credit.returnReason] as const]
            : []),
        ]}
      />
      {mayWrite && (credit.state === 'open' || credit.state === 'unknown') && <Decide {...props} />}
      {credit.mayAgree && holds(session, 'refund.approve') && <AgreeReturn credit={credit} />}
    </section>
  );
}

/** The proposals, the likeliest first, and what else can be said of a credit. */
function Decide({ credit, campaigns, wishes }: CardProps) {
  const { t } = useTranslation('console');
  const [asking, setAsking] = useState<'hold' | 'return' | null>(null);
  const recognise = useSend(routes.book.recogniseCredit);
  const take = (of: Pick<Proposal, 'kind' | 'id' | 'organizationId'>) =>
    recognise.run({ params: { bankLineId: credit.bankLineId }, body: of }, () =>
      say(t('credits.taken')),
    );
  return (
    <div className="stack-tight">
      {credit.proposals.map((one) => (
        <p key={`${one.kind} ${one.id}`} className="row">
          <Button
            kind={one === credit.proposals[0] ? 'primary' : 'secondary'}
            busy={recognise.busy}
            onPress={() => take(one)}
          >
            {t(`credits.kinds.${one.kind}`, { label: one.label })}
          </Button>
          <span className="soft small">
            {one.why.map((why) => t(`credits.why.${why}`)).join(' · ')}
          </span>
        </p>
      ))}
      <Other {...{ credit, campaigns, wishes, take }} busy={recognise.busy} />
      <p className="row">
        {credit.state === 'open' ? (
          <Button onPress={() => setAsking('hold')}>{t('credits.hold')}</Button>
        ) : (
          <Button onPress={() => setAsking('return')}>{t('credits.return')}</Button>
        )}
      </p>
      {recognise.refusal && <RefusalNotice refusal={recognise.refusal} />}
      {asking && <WordsDialog credit={credit} what={asking} onClose={() => setAsking(null)} />}
    </div>
  );
}

interface OtherProps extends CardProps {
  busy: boolean;
  take(of: { kind: 'campaign' | 'item'; id: string; organizationId: null }): void;
}

/** Any campaign or single wish that takes gifts, where no proposal is right. */
function Other({ credit, campaigns, wishes, busy, take }: OtherProps) {
  const { t } = useTranslation('console');
  const [other, setOther] = useState('');
  const kind = wishes.some((one) => one.id === other) ? 'item' : 'campaign';
  return (
    <>
      <div className="field-row">
        <Select
          name={`other-${credit.bankLineId}`}
          label={t(credit.proposals.length > 0 ? 'credits.other' : 'credits.choose')}
          placeholder={t('credits.pick')}
          value={other}
          onChange={setOther}
          options={[
            ...campaigns.map((one) => ({ value: one.id, label: one.label })),
            ...wishes.map(({ id, code, name, neededFen }) => ({
              value: id,
              label: t('credits.wish', { code, name, needed: formatYuan(neededFen) }),
            })),
          ]}
        />
      </div>
      {other !== '' && (
        <p className="row">
          <Button busy={busy} onPress={() => take({ kind, id: other, organizationId: null })}>
            {t('credits.takeOther')}
          </Button>
        </p>
      )}
    </>
  );
}

interface WordsProps {
  credit: Credit;
  what: 'hold' | 'return';
  onClose: () => void;
}

/** Why money is held apart, or why it goes back. */
function WordsDialog({ credit, what, onClose }: WordsProps) {
  const { t } = useTranslation('console');
  const [words, setWords] = useState('');
  const hold = useSend(routes.book.holdCredit);
  const back = useSend(routes.book.askCreditReturn);
  const call = what === 'hold' ? hold : back;
  const params = { bankLineId: credit.bankLineId };
  const done = () => {
    say(t(what === 'hold' ? 'credits.held' : 'credits.asked'));
    onClose();
  };
  const send = () =>
    what === 'hold'
      ? hold.run({ params, body: { note: words } }, done)
      : back.run({ params, body: { reason: words } }, done);
  return (
    <Dialog title={t(what === 'hold' ? 'credits.hold' : 'credits.return')} open onClose={onClose}>
      <p className="soft">{t(what === 'hold' ? 'credits.holdLead' : 'credits.returnLead')}</p>
      <Form scope={what} onSend={send} call={call} send={t('credits.send')}>
        <TextField
          name={what === 'hold' ? 'note' : 'reason'}
          label={t(what === 'hold' ? 'credits.heldNote' : 'credits.returnReason')}
          value={words}
          maxLength={100}
          onChange={setWords}
        />
      </Form>
    </Dialog>
  );
}

function AgreeReturn({ credit }: { credit: Credit }) {
  const { t } = useTranslation('console');
  const agree = useSend(routes.book.agreeCreditReturn);
  return (
    <div className="stack-tight">
      <p className="row">
        <Button
          kind="primary"
          busy={agree.busy}
          onPress={() =>
            agree.run({ params: { bankLineId: credit.bankLineId } }, () => say(t('credits.agreed')))
          }
        >
          {t('credits.agree')}
        </Button>
      </p>
      {agree.refusal && <RefusalNotice refusal={agree.refusal} />}
    </div>
  );
}
