import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages, useRouteWhen } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Form,
  newFormId,
  Notice,
  Page,
  say,
  Select,
  TextArea,
  YuanField,
} from '../../../shared/ui/index.ts';
import { PhotoField } from '../../../shared/ui/photo-field.tsx';
import { useChecks, useFilled } from '../parts/checks.ts';
import type { NeedView } from '../parts/codes.ts';
import { BudgetField } from '../books/budget-field.tsx';
import { PayeeFields } from '../parts/payee-fields.tsx';
import { useSend } from '../parts/send.ts';

const empty = {
  /** `fund:ID` or `item:ID`. */
  source: '',
  payeeKind: 'organization' as 'organization' | 'person',
  organizationId: '',
  amountYuan: '',
  purpose: '',
  attachmentIds: [] as readonly string[],
  formId: '',
  budgetLineId: '',
};
export type ProposalDraft = typeof empty;

/** Proposes a payment out of a fund or a campaign item, for a need or on its own. */
export function NewProposalPage() {
  const { t } = useTranslation('console');
  const { needId } = useSearch({ from: '/desk/proposals/new' });
  const { session } = useSession();
  const need = useRouteWhen(needId !== undefined && holds(session, 'need.read'), routes.need.read, {
    params: { needId: needId ?? '' },
  }).data;
  return (
    <Page title={t('propose.title')} lead={t('propose.lead')}>
      {need && (
        <Notice tone="running" title={t('propose.forNeed', { number: need.number })}>
          <p>{need.title}</p>
        </Notice>
      )}
      {(needId === undefined || need) && <ProposalForm key={needId ?? ''} need={need ?? null} />}
    </Page>
  );
}

function ProposalForm({ need }: { need: NeedView | null }) {
  const { t } = useTranslation('console');
  const navigate = useNavigate();
  const { fundId } = useSearch({ from: '/desk/proposals/new' });
  const draft = useDraft(`desk:proposal:${need?.id ?? ''}`, empty);
  const propose = useSend(routes.fund.propose);
  const checks = useChecks();
  const filled = useFilled();
  const { value, update, field } = draft;
  const source = value.source || (fundId ? `fund:${fundId}` : '');
  function send() {
    const [kind, id] = source.split(':') as ['fund' | 'item', string];
    const payeeId = value.payeeKind === 'person' ? (need?.personId ?? '') : value.organizationId;
    const fine = checks.pass({
      source: !id && t('propose.needSource'),
      payee: payeeId === '' && t('propose.needPayee'),
      amountYuan: filled(value.amountYuan, t('propose.amount')),
      purpose: filled(value.purpose, t('propose.purpose')),
    });
    if (!fine) return;
    const formId = value.formId || newFormId();
    update({ formId });
    const body = {
      source: { kind, id },
      payee: { kind: value.payeeKind, id: payeeId },
      amountYuan: value.amountYuan,
      purpose: value.purpose,
      needId: need?.id ?? null,
      attachmentIds: [...value.attachmentIds],
      formId,
      budgetLineId: value.budgetLineId || null,
    };
    propose.run({ body }, (proposal) => {
      draft.clear();
      say(t('propose.done', { number: proposal.number }));
      void navigate({
        to: '/desk/proposals/$proposalId',
        params: { proposalId: proposal.id },
        replace: true,
      });
    });
  }
  return (
    <Form onSend={send} errors={checks.errors} call={propose} send={t('propose.send')}>
      <SourceField
        need={need}
        value={source}
        onChange={(picked) => update({ source: picked, budgetLineId: '' })}
      />
      <BudgetField
        source={source}
        value={value.budgetLineId}
        onChange={(budgetLineId) => update({ budgetLineId })}
      />
      <PayeeFields need={need} value={value} update={update} />
      <YuanField {...field('amountYuan')} label={t('propose.amount')} />
      <TextArea
        {...field('purpose')}
        label={t('propose.purpose')}
        hint={t('propose.purposeHint')}
        rows={3}
        most={2000}
      />
      <PhotoField {...field('attachmentIds')} label={t('propose.photos')} />
    </Form>
  );
}

interface SourceFieldProps {
  need: NeedView | null;
  value: string;
  onChange: (source: string) => void;
}

/** The need's own campaign items first, then the funds with what each has available. */
function SourceField({ need, value, onChange }: SourceFieldProps) {
  const { t } = useTranslation('console');
  const funds = usePages(routes.fund.funds, { query: { limit: 200 } });
  const items = need?.matches.filter((match) => match.kind === 'item') ?? [];
  return (
    <Select
      name="source"
      label={t('propose.source')}
      placeholder=""
      value={value}
      onChange={onChange}
      options={[
        ...items.map((item) => ({
          value: `item:${item.id}`,
          label: t('propose.sourceItem', { label: item.label }),
        })),
        ...funds.items.map((fund) => ({
          value: `fund:${fund.id}`,
          label: t('propose.sourceFund', {
            name: fund.name,
            available: formatYuan(fund.availableFen),
          }),
        })),
      ]}
    />
  );
}
