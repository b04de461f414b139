using Lethe.Numerics.Layers;
using Lethe.Numerics.Tensors;

namespace Lethe.Synthesis.Models;

/// <summary>Weights and running statistics of a network ⇄ a model file.</summary>
internal static class ModuleState
{
    public static void Save(ModelWriter writer, Module module, string prefix)
    {
        foreach (Parameter p in module.State)
            writer.Add(prefix + p.Name, p.Values, p.Shape.ToArray());
    }

    public static void Load(ModelReader reader, Module module, string prefix)
    {
        foreach (Parameter p in module.State)
            reader.Floats(prefix + p.Name, p.Shape.ToArray()).CopyTo(p.Values);
    }
}
