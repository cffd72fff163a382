/** Words about the public log and a gift's receipt in it. */
export const zhLog = {
  receipt: {
    title: '凭证',
    pending: '凭证生成中，一般两秒钟。',
    ready: '已经写进公开账本，编号 {{number}}。写进去就改不了，谁都可以核对。',
    erased: '这笔捐赠在公开账本里的编号是 {{number}}。应要求，打开它的钥匙已经销毁，账本照样完整。',
    check: '在您的手机上核对',
    right:
      '核对无误。账本里写的是：{{day}}，{{amount}}，记入 {{code}}。它是账本签过名的 {{size}} 条中的一条，没有被改过。',
    private: '不公开的账户',
    wrong: '核对没有通过：{{why}}请下载凭证文件，交给{{federation}}，或拨打 12345。',
    fault: {
      malformed: '凭证不完整。',
      signature: '账本的签名不对。',
      notIncluded: '账本签过名的内容里没有这一条。',
      altered: '凭证所写与账本里的不一致。',
      otherGift: '这张凭证不是这笔捐赠的。',
      otherLog: '账本前后不一致。',
    },
    away: '现在连不上，没有核对。请稍后再试。',
    download: '下载凭证文件',
    offline: '凭证文件请留好：换一台电脑、没有网络、过很多年，都能核对。',
  },
  log: {
    title: '公开账本',
    lead: '每一笔进出都写进一本签了名的账。谁都可以整本下载、重新算一遍；谁改了一个字，都看得出来。',
    origin: '账本名称',
    size: '已写入',
    sizeText: '{{many}} 条',
    signed: '最近签名',
    key: '公钥',
    halted: '账本暂停更新，正在查明原因。以前公布的内容不受影响。',
    verify: '自己核对：安装本软件，后面写上本站网址运行',
  },
} as const;
