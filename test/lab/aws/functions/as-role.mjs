/** Loaded before a function: Lambda gives it the credentials of its role, ministack those of the account. */
Object.assign(process.env, JSON.parse(process.env.LAB_ROLE));
