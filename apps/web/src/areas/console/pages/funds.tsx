import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  Button,
  ButtonLink,
  DateField,
  Page,
  say,
  Select,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues, type Values } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { AreaSelect } from '../parts/area-select.tsx';
import { useChecks, useFilled } from '../parts/checks.ts';
import { fundKinds } from '../parts/codes.ts';
import { drawnColumn, moneyColumn, wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { today } from '../parts/instants.ts';
import { useSend } from '../parts/send.ts';
import { PanelForm } from '../parts/panel-form.tsx';

type Fund = RouteOutput<typeof routes.fund.funds>['items'][number];

/** The funds one may see, with what is available in each. */
export function FundsPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const funds = usePages(routes.fund.funds, { query: { limit: 200 } });
  const columns = useFundColumns();
  return (
    <Page
      title={t('funds.title')}
      lead={t('funds.lead')}
      width="wide"
      aside={
        <span className="row">
          {holds(session, 'proposal.write') && (
            <ButtonLink to="/desk/proposals/new">{t('funds.propose')}</ButtonLink>
          )}
          {holds(session, 'fund.write') && (
            <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
              {t('funds.add')}
            </Button>
          )}
        </span>
      }
    >
      {adding && <FundForm onDone={() => setAdding(false)} />}
      <ListTable
        label={t('funds.list')}
        list={funds}
        columns={columns}
        rowKey={(fund) => fund.id}
        empty={[t('funds.emptyTitle'), t('funds.emptyBody')]}
      />
    </Page>
  );
}

function useFundColumns(): Column<Fund>[] {
  const { t } = useTranslation('console');
  return [
    wordColumn('name', t('funds.name'), (fund) => fund.name),
    wordColumn('kind', t('funds.kind'), (fund) => t(`codes.fundKind.${fund.kind}`)),
    wordColumn('area', t('funds.area'), (fund) => fund.area?.name ?? t('funds.addNoArea')),
    moneyColumn('in', t('funds.in'), (fund) => fund.inFen),
    moneyColumn('out', t('funds.out'), (fund) => fund.outFen),
    moneyColumn('held', t('funds.held'), (fund) => fund.heldFen),
    moneyColumn('available', t('funds.available'), (fund) => fund.availableFen),
    {
      ...drawnColumn<Fund>('public', t('funds.public'), {
        words: () => null,
        draw: (fund) => (
          <Link
            to="/funds/$code"
            params={{ code: fund.code }}
            aria-label={t('funds.publicLabel', { name: fund.name })}
          >
            {t('funds.public')}
          </Link>
        ),
      }),
      value: undefined,
    },
  ];
}

const empty = {
  name: '',
  kind: 'mutual_aid' as (typeof fundKinds)[number],
  areaCode: '',
  partnerName: '',
  agreementNumber: '',
  agreedOn: today(),
  purpose: '',
  remainderRule: '',
  namingPaper: '',
};
type Value = typeof empty;
const agreed = ['partnerName', 'agreementNumber', 'purpose', 'remainderRule'] as const;

function FundForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const form = useValues(empty);
  const { value, update, field } = form;
  const create = useSend(routes.fund.createFund);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const isSpecial = value.kind === 'special';
    const missing = agreed.map((key) => [
      key,
      isSpecial && filled(value[key], t(`agreement.${key}`)),
    ]);
    const name = filled(value.name, t('funds.addName'));
    if (!checks.pass({ name, ...Object.fromEntries(missing) })) return;
    const { name: fundName, kind, areaCode, ...agreement } = value;
    const body = { name: fundName, kind, areaCode: areaCode || null };
    const agreedOn = { ...agreement, namingPaper: agreement.namingPaper.trim() || null };
    create.run({ body: { ...body, agreement: isSpecial ? agreedOn : null } }, () => {
      say(t('funds.added'));
      onDone();
    });
  }
  return (
    <PanelForm onSend={send} errors={checks.errors} call={create} send={t('funds.addSend')}>
      <div className="field-row">
        <TextField {...field('name')} label={t('funds.addName')} />
        <Select
          name="kind"
          label={t('funds.kind')}
          value={value.kind}
          onChange={(kind) => update({ kind: oneOf(fundKinds, kind) ?? 'mutual_aid' })}
          options={fundKinds.map((one) => ({ value: one, label: t(`codes.fundKind.${one}`) }))}
        />
        <AreaSelect
          {...field('areaCode')}
          label={t('funds.addArea')}
          placeholder={t('funds.addNoArea')}
          levels={['street', 'community']}
        />
      </div>
      {value.kind === 'special' && <AgreementFields {...form} />}
    </PanelForm>
  );
}

/** The agreement a special fund stands on; its page shows it. */
function AgreementFields({ field }: Values<Value>) {
  const { t } = useTranslation('console');
  return (
    <fieldset className="stack">
      <legend>{t('agreement.needed')}</legend>
      <div className="field-row">
        {(['partnerName', 'agreementNumber'] as const).map((key) => (
          <TextField key={key} {...field(key)} label={t(`agreement.${key}`)} />
        ))}
        <DateField {...field('agreedOn')} label={t('agreement.agreedOn')} max={today()} />
      </div>
      {(['purpose', 'remainderRule'] as const).map((key) => (
        <TextArea key={key} {...field(key)} label={t(`agreement.${key}`)} rows={2} most={2000} />
      ))}
      <TextField
        {...field('namingPaper')}
        optional
        label={t('agreement.namingPaper')}
        hint={t('agreement.namingHint')}
      />
    </fieldset>
  );
}
