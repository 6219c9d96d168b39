// gl-matrix with numbers as good as the data's: it makes float32 arrays unless it is told, and in projected coordinates
// (6,200,475 m) those are half a metre apart. The one place that imports it.
import { glMatrix } from "gl-matrix";

glMatrix.setMatrixArrayType(Array);

export { mat4, vec3, vec4 } from "gl-matrix";
