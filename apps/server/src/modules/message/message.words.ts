import { type Said, saidIn } from '../../platform/said-in.ts';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'.split(' ');
/** Days as our sentences write them: 11月9日09:04. */
const DAYS: Said = MONTHS.map((name, index) => [
  new RegExp(`^${index + 1} ?月 ?(\\d+) ?日 ?(.*)$`),
  `$1 ${name} $2`,
]);

/** What messages are called and say, as English readers read it; most end with the community's telephone, or not. */
const OURS: Said = [
  ...DAYS,
  [/^已收到，编号 (\S+)$/, 'Received, number $1'],
  [/^(\S+) 请您补充$/, '$1: please tell us more'],
  [/^(\S+) 已认定$/, '$1 is verified'],
  [/^(\S+) 未予受理$/, '$1 is refused'],
  [/^(\S+) 复核结果：维持$/, '$1: the decision stands'],
  [/^(\S+) 复核结果：重新办理$/, '$1 is taken up again'],
  [/^(\S+) 已转介$/, '$1 is referred'],
  [/^(\S+) 合并办理$/, '$1 is handled together with another'],
  [/^(\S+) 已找到帮助$/, '$1: help is found'],
  [/^(\S+) 继续寻找帮助$/, '$1: we go on looking'],
  [/^(\S+) 已送到，请您确认$/, '$1 is delivered: please confirm'],
  [/^(\S+) 已结案$/, '$1 is closed'],
  [/^(\S+) 已终止$/, '$1 has ended'],
  [
    /^您的(.+)已收到，编号 (\S+)，(.+?) 前答复。((?:标准|步骤)：.+?申诉。)?([\s\S]*)$/,
    'Your $1 is received, number $2; you are answered by $3. $4 $5',
  ],
  [
    /^标准：一件实物.*?可在 (\d+) 天内申诉。$/,
    'Standard: one thing or one service of at most ¥500, one at a time, no cash, tobacco, alcohol or medicine. Steps: the community checks, it goes on the wall without a name, somebody takes it on, it is delivered, you confirm. After 60 days without anybody we tell you. You may appeal within $1 days.',
  ],
  [
    /^步骤：社区核实.*?可在 (\d+) 天内申诉。$/,
    'Steps: the community checks, then statutory aid, then the charity’s funds, last a designated platform, each with its reason. Your matter is never public. You may appeal within $1 days.',
  ],
  [/^社区电话 (.+)。$/, 'Telephone of the community: $1.'],
  [
    /^请补充：([\s\S]*) 补充后继续办理，等您期间时限暂停。([\s\S]*)$/,
    'Please tell us: $1 It goes on once you answer; the clock waits for you. $2',
  ],
  [
    /^理由：([\s\S]*) 不同意的，可在 (\d+) 天内向上一级申诉：打开这件事点“申诉”，或请社区代写。([\s\S]*)$/,
    'Reason: $1 You may appeal one level up within $2 days: open the matter and choose the appeal, or ask the community to write it for you. $3',
  ],
  [
    /^理由：([\s\S]*) 情况变化时可以重新提出。([\s\S]*)$/,
    'Reason: $1 You can ask anew when things change. $2',
  ],
  [/^您的申诉成立，继续为您办理。([\s\S]*)$/, 'Your appeal is upheld and we go on. $1'],
  [
    /^已转到主管部门办理：([\s\S]*) 结果出来后告诉您，其余部分继续办。$/,
    'Referred to the responsible office: $1 We tell you the result and go on with the rest.',
  ],
  [
    /^请用自己的话告诉我们是否满意，您说了才能结案。([\s\S]*)$/,
    'Tell us in your own words whether it helps; only then is it closed. $1',
  ],
  [
    /^这件事已终止。([\s\S]*) 需要时可以重新提出。([\s\S]*)$/,
    'It has ended. $1 You can ask anew when you need to. $2',
  ],
  [
    /^(.+?)《([\s\S]+)》(\S+)：(时限已过半，请尽快办理。|已超过办理时限，请街道督办。|升级后仍未办理，请区级督办。)$/,
    '$1, “$2”, $3: $4',
  ],
  [/^您可能可以享受“(.+)”$/, 'You may be entitled to “$1”'],
  [
    /^这是一项帮扶.*?。社区工作人员会上门核对[\s\S]*$/,
    'A community worker comes to look at your papers. It costs nothing, and nobody asks for codes or passwords. You need not go anywhere; if you do not want it, just say so.',
  ],
  [/^您不用自己跑。不想要，当面告诉他就可以。$/, 'You need not go anywhere.'],
  [/^“(.+)”转出$/, '“$1” goes elsewhere'],
  [/^“(.+)”已经报上去了$/, '“$1” is sent on'],
  [/^“(.+)”已经批准$/, '“$1” is granted'],
  [/^“(.+)”暂停，正在核实$/, '“$1” is paused and looked at'],
  [/^“(.+)”继续办理$/, '“$1” goes on'],
  [/^“(.+)”停止发放$/, '“$1” is stopped'],
  [/^“(.+)”按您的意思停止$/, '“$1” is stopped as you wish'],
  [/^“(.+)”继续享受$/, '“$1” continues'],
  [/^“(.+)”申诉成立$/, '“$1”: your appeal is upheld'],
  [/^“(.+)”没有办成$/, '“$1” was not granted'],
  [/^“(.+)”到了$/, '“$1” has come'],
  [
    /^原因：([\s\S]*)。如果您不同意，可以在“我的帮扶”里申诉[\s\S]*$/,
    'Reason: $1. If you do not agree, appeal in “My aid” or call the community; the level above looks at it again.',
  ],
  [
    /^(.+)。每次发放都会告诉您[\s\S]*$/,
    '$1. We tell you each time; please say that it came, here or to the community.',
  ],
  [
    /^工作人员记下了您的话：([\s\S]*)。如果这不是您的意思[\s\S]*$/,
    'The worker noted your words: $1. If this is not what you want, appeal in “My aid” or call the community.',
  ],
  [/^复查过了，继续到 (.*)。$/, 'It was reviewed and continues until $1.'],
  [
    /^上一级重新看过，答复：([\s\S]*)。接着为您办理。$/,
    'The level above looked again and answers: $1. We go on.',
  ],
  [
    /^上一级重新看过，维持原来的决定。答复：([\s\S]*)$/,
    'The level above looked again; the decision stands. Answer: $1',
  ],
  [
    /^([\s\S]*)请看一看，收到了就点“收到了”[\s\S]*$/,
    '$1 Please look, and say whether it came; if it did not, the community finds out why.',
  ],
  [/^义卖结束：(.+)$/, 'The charity sale is over: $1'],
  [
    /^您捐的东西卖出 (\d+) 件，得 (\S+)，全部归“(.+)”。$/,
    '$1 of your things were sold for $2, all of it for “$3”.',
  ],
  [/^您的(\S+) (\S+) 已有答复$/, 'Your $1 $2 is answered'],
  [
    /^(.+)，请到(.+)领取(.+)。请报编号 (\S+)、暗语“(.+)”。不收任何费用；本人不便，可请人代领。$/,
    '$1, at $2: $3. Say number $4 and the word “$5”. It costs nothing; somebody may fetch it for you.',
  ],
  [
    /^(.+)，社区工作人员将把(.+)送到您家。来人会说暗语“(.+)”（编号 (\S+)）。不收任何费用。$/,
    '$1, a community worker brings $2 to your home and says the word “$3” (number $4). It costs nothing.',
  ],
  [/^(\S+) 已批准$/, '$1 is approved'],
  [/^(\S+) 未获批准$/, '$1 was not approved'],
  [/^“(.+)”有新进展$/, 'News of “$1”'],
  [/^(\S+) 有 (\d+) 笔被银行退回$/, '$1: the bank rejected $2 payments'],
  [/^(\S+) 已付款$/, '$1 is paid'],
  [/^付款编号 (\S+)，(¥\S+)$/, 'Payment $1, $2'],
  [/^(\d+) 笔，共 (¥\S+)$/, '$1 payments, $2 in all'],
  [
    /^(\S+) 已在(.+)入库，捐赠确认号 (\S+)。发到哪里，可在“我的实物捐赠”里查看。$/,
    '$1 is in store at $2, confirmation $3. See in “My gifts in kind” where it goes.',
  ],
  [/^拼团轮到您了：(.+)$/, 'It is your turn: $1'],
  [
    /^已为您留出 (\S+) (\S+)，请在 (\d+) 分钟内付款，过时将让给下一位。$/,
    '$1 $2 are kept for you; please pay within $3 minutes, or the next one gets it.',
  ],
  [/^到货了：(.+)$/, 'Arrived: $1'],
  [/^请来取货：(.+)$/, 'Please fetch: $1'],
  [
    /^“(.+)”(¥\S+)。点开就能付，也可以跳过这个月；我们不会自动扣款。$/,
    '“$1” $2. Open it to pay, or skip this month; nothing is taken by itself.',
  ],
  [
    /^“(.+)”已结束，不再接受捐赠。谢谢您一直以来的支持。$/,
    '“$1” is over and takes no more gifts. Thank you for all your support.',
  ],
  [/^“(.+)”第 (\d+) 期 (¥\S+)，约定 (\S+) 前。$/, '“$1”, part $2, $3, promised by $4.'],
  [
    /^“(.+)”为对方保留的 72 小时已过，心愿重新开放。谢谢您的心意，您可以再次认领。$/,
    'The 72 hours kept for “$1” are over and the wish is open again. Thank you; you can take it on anew.',
  ],
  [
    /^订单 (\S+) 已取消或由本人取走，谢谢您。$/,
    'Order $1 was cancelled or fetched by its buyer. Thank you.',
  ],
];
const WORDS: Readonly<Record<string, string>> = {
  微心愿: 'micro-wish',
  举报: 'report',
  投诉: 'complaint',
  个人求助: 'help request',
  '情况已核实，正在为您寻找帮助，找到后马上告诉您。':
    'Your matter is verified. We look for what meets it and tell you at once.',
  '这件事与另一件同样的事合并办理，不会漏下。':
    'It is handled together with another of the same; nothing is lost.',
  '正在安排送达。温暖不会向您要验证码，也不收任何费用。':
    'It is being arranged. Nobody from us asks for codes or fees.',
  '原来的安排没有成，正在重新为您寻找，不用重新提出。':
    'What was arranged did not come about. We look again; you need not ask anew.',
  '已按您的反馈结案，谢谢您。问题又出现时可以重新打开。':
    'Closed on your word, thank you. You can open it again if the problem returns.',
  办理时限已过半: 'Half of the time is gone',
  '办理已超时，升级到街道': 'Overdue: escalated to the street',
  '办理严重超时，升级到区级': 'Long overdue: escalated to the district',
  '时限已过半，请尽快办理。': 'half of the time is gone, please see to it.',
  '已超过办理时限，请街道督办。': 'it is overdue, please see that it is done.',
  '升级后仍未办理，请区级督办。': 'it is still not done, please see that it is done.',
  '社区已经把您的情况报给主管部门，由他们决定。有结果会告诉您。':
    'The community sent it to the responsible department, which decides. We tell you the result.',
  '有人对公示提出了意见，街道正在核实。这不代表您有问题，有结果会马上告诉您。':
    'Somebody objected to the notice and the street office looks into it. That does not mean you did wrong; we tell you at once.',
  '街道核实过了，意见不成立，继续为您办理。':
    'The street office looked into it; the objection does not hold and we go on.',
  您的申诉有答复了: 'Your appeal is answered',
  '您捐的东西这次没有卖出，已按您的意愿保管。':
    'What you gave was not sold this time and is kept as you wish.',
  您捐过的活动暂停募捐: 'A campaign you gave to is paused',
  '正在核实有关情况，暂时不接受新的捐赠。您的捐款仍在账上，去向照常可查。':
    'Something is being looked into; it takes no new gifts meanwhile. Your gift is in the books and can be followed as before.',
  您捐过的活动已下架: 'A campaign you gave to was taken down',
  '经核实，这个活动不再接受捐赠。已收善款按备案方案处理，去向照常可查。':
    'It takes no more gifts. What it has goes by its filed plan and can be followed as before.',
  您捐过的活动已恢复: 'A campaign you gave to goes on',
  '情况已核实清楚，活动恢复接受捐赠。': 'All is cleared up; it takes gifts again.',
  '请核对收款账户；更正后可再付一次。':
    'Check the payee’s account; once corrected it can be paid again.',
  请来领取慰问品: 'Please come for a gift',
  慰问品将送到您家: 'A gift is coming to your home',
  您捐的物资已入库: 'What you gave is in store',
  您的实物捐赠没有收下: 'Your gift in kind was not taken',
  这个月的月捐: 'This month’s gift',
  您的月捐已经结束: 'Your monthly gift is over',
  您的一笔认捐已过约定日期: 'A pledge of yours is past its day',
  您的一笔认捐快到约定日期了: 'A pledge of yours is due soon',
  您的捐款有了新去向: 'Your gift has moved on',
  您的账号已与居民档案绑定: 'Your account is bound to a file',
  您的账号已与居民档案解除绑定: 'Your account is not bound to a file any more',
  '社区工作人员核实身份后办理。今后您可以在“我的信息”里查看自己的档案。如果不是您本人办理，请马上联系社区。':
    'A community worker did this after seeing who you are. You find your file in “My data”. If it was not you, call the community at once.',
  '如果不是您本人要求，请联系社区。': 'If you did not ask for it, call the community.',
  您的个人信息请求已有答复: 'Your request about your data is answered',
  您认领的帮助已到期: 'What you took on has run out',
  有邻居的东西等人送上门: 'A neighbour’s order waits for somebody to bring it',
  '有空就打开“送货上门”接单，先到先得。':
    'If you have time, open “Bringing orders”; first come, first served.',
  这一单不用送了: 'This order need not be brought any more',
  有人愿意送货上门: 'Somebody offers to bring orders',
  '请当面认识后，在“送货上门”里同意。': 'Meet first, then agree in “Bringing orders”.',
};

/** A message's title or body in the reader's language; what people wrote in it stays as it is. Pure. */
export const messageIn = saidIn(OURS, WORDS);
