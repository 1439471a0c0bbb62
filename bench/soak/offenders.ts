export const soakBesideOffenders = async () => true;
