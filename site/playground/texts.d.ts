/** The bundler makes a text of such a file. */
declare module '*.conf' {
  const text: string;
  export default text;
}
