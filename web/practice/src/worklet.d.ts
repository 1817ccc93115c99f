declare module '@saywell/component/worklet?url' {
  const url: string;
  export default url;
}
declare module '*.css';
