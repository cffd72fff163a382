/** Refusals about confirmations, fiscal receipts, disclosures and complaints. */
export const disclosureRefusals = {
  confirmation_not_ready: {
    status: 409,
    zh: '凭证还在生成中，一般两秒钟。请稍后再看，捐款已经记好。',
    en: 'The confirmation is being made; it takes about two seconds. Your gift is already on record.',
  },
  confirmation_made: {
    status: 409,
    zh: '这张捐赠确认已经开具，上面的名字不能再改。请下载已开具的那一张。',
    en: 'This confirmation has been made already and its name cannot be changed. Download the one that was made.',
  },
  check_code_wrong: {
    status: 404,
    zh: '没有编号和校验码都相符的记录。请核对纸上的两行字再试。',
    en: 'No record has this number and check code. Compare both lines on the paper and try again.',
  },
  fiscal_issued: {
    status: 409,
    zh: '财政电子票据已经开具，不能再改。如有错误请联系慈善总会。',
    en: 'The fiscal receipt has been issued and cannot be changed here. If it is wrong, call the federation.',
  },
  fiscal_not_issued: {
    status: 409,
    zh: '这笔捐赠的财政票据还没有登记号码，请先导入号码再上传文件。',
    en: 'No number is on record for this fiscal receipt. Import the number first, then add the file.',
  },
  fiscal_not_for_this_form: {
    status: 409,
    zh: '直接给个人的帮助、居民互助和商家因购买所作的捐赠，不能向您开财政票据。',
    en: 'No fiscal receipt can be issued to you for help to a person, mutual aid, or what a merchant gave.',
  },
  sheet_unreadable: {
    status: 400,
    zh: '这个文件读不出来。请用 .xlsx 或 .csv，第一行是列名。',
    en: 'This file cannot be read. Use .xlsx or .csv with column names in the first row.',
  },
  sheet_columns_missing: {
    status: 400,
    zh: '表里缺少这些列：{columns}。请用导出的那张表填写。',
    en: 'The sheet lacks these columns: {columns}. Fill in the sheet that was exported.',
  },
  file_kind_unknown: {
    status: 400,
    zh: '只收 PDF、OFD 或图片，最大 5 MB。',
    en: 'Only PDF, OFD or a picture up to 5 MB is taken.',
  },
  disclosure_published: {
    status: 409,
    zh: '这一项已经公布。公布的内容不能改，只能加更正。',
    en: 'This has been published. What is published is not changed; add a correction.',
  },
  complaint_answered: {
    status: 409,
    zh: '这件投诉已经答复。',
    en: 'This complaint has been answered.',
  },
} as const;
