import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { Dialog, Form, say, TextField, YuanField } from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useSend } from '../parts/send.ts';

type Budget = RouteOutput<typeof routes.fund.budgets>['items'][number];

/** Plan a line of an account, or change one that is planned. */
export type BudgetLineAct =
  | { act: 'add'; account: Pick<Budget, 'accountId' | 'label'> }
  | { act: 'change'; line: Budget['lines'][number] };

interface DialogProps {
  act: BudgetLineAct;
  onClose: () => void;
}

/** The form of one budget line. */
export function BudgetLineDialog({ act, onClose }: DialogProps) {
  const { t } = useTranslation('console');
  const adding = act.act === 'add';
  const { value, field } = useValues({
    name: '',
    plannedYuan: adding ? '' : String(act.line.plannedFen / 100),
    reason: '',
  });
  const add = useSend(routes.fund.planBudgetLine);
  const change = useSend(routes.fund.changeBudgetLine);
  const checks = useChecks();
  const filled = useFilled();
  function done(words: string) {
    say(words);
    onClose();
  }
  function send() {
    const fine = checks.pass({
      name: adding && filled(value.name, t('books.budgets.name')),
      plannedYuan: filled(value.plannedYuan, t('books.budgets.plannedYuan')),
      reason: !adding && filled(value.reason, t('books.budgets.reason')),
    });
    if (!fine) return;
    const { name, plannedYuan, reason } = value;
    if (act.act === 'add')
      add.run({ params: { accountId: act.account.accountId }, body: { name, plannedYuan } }, () =>
        done(t('books.budgets.added')),
      );
    else
      change.run({ params: { budgetLineId: act.line.id }, body: { plannedYuan, reason } }, () =>
        done(t('books.budgets.changed')),
      );
  }
  return (
    <Dialog
      title={
        act.act === 'add'
          ? t('books.budgets.addFor', { label: act.account.label })
          : t('books.budgets.changeFor', { name: act.line.name })
      }
      open
      onClose={onClose}
    >
      <Form
        onSend={send}
        errors={checks.errors}
        call={adding ? add : change}
        send={t(adding ? 'books.budgets.send' : 'books.budgets.change')}
      >
        {adding && <TextField {...field('name')} label={t('books.budgets.name')} />}
        <YuanField {...field('plannedYuan')} label={t('books.budgets.plannedYuan')} />
        {!adding && <TextField {...field('reason')} label={t('books.budgets.reason')} />}
      </Form>
    </Dialog>
  );
}
