// The number type of the engine. The library is built with float; the tests build the same sources a second time with
// double, so that every gradient is checked to double precision by the code that ships.
#if REAL64
global using Real = double;
#else
global using Real = float;
#endif

// System.Numerics.Tensors also has a type named Tensor: import only the primitives from there.
global using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;
