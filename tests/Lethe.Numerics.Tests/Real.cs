// The number type of the engine under test; Lethe.Numerics.Float64.Tests runs the shared tests with double.
global using Real = float;
