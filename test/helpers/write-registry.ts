import { writeRegistry } from '../../scripts/gen/registry.ts';

export default writeRegistry;
