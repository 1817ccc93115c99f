declare module 'virtual:saywell-worklet' {
  const text: string;
  export default text;
}
