namespace Tombola.Numerics.Vectors;

/// <summary>One float32 lane, for machines without vector registers and for the ends of rows.</summary>
internal readonly unsafe struct Lanes1(float value) : ILanes<Lanes1>
{
    private readonly float _value = value;

    public static int Width => 1;

    public static Lanes1 Zero => default;

    public static Lanes1 Load(float* address) => new(*address);

    public static Lanes1 Broadcast(float value) => new(value);

    public static void Store(float* address, Lanes1 value) => *address = value._value;

    public static Lanes1 MultiplyAdd(Lanes1 a, Lanes1 b, Lanes1 c) =>
        new(MathF.FusedMultiplyAdd(a._value, b._value, c._value));

    public static Lanes1 MultiplyAdd(Lanes1 a, float* b, Lanes1 c) =>
        new(MathF.FusedMultiplyAdd(a._value, *b, c._value));

    public static Lanes1 Sqrt(Lanes1 value) => new(MathF.Sqrt(value._value));

    public static Lanes1 Max(Lanes1 a, Lanes1 b) => new(MathF.Max(a._value, b._value));

    public static Lanes1 WherePositive(Lanes1 condition, Lanes1 value) => condition._value > 0 ? value : default;

    public static float Sum(Lanes1 value) => value._value;

    public static void StoreSums(float* address, Lanes1 a, Lanes1 b, Lanes1 c, Lanes1 d, bool add)
    {
        address[0] = a._value + (add ? address[0] : 0);
        address[1] = b._value + (add ? address[1] : 0);
        address[2] = c._value + (add ? address[2] : 0);
        address[3] = d._value + (add ? address[3] : 0);
    }

    public static Lanes1 operator +(Lanes1 left, Lanes1 right) => new(left._value + right._value);

    public static Lanes1 operator -(Lanes1 left, Lanes1 right) => new(left._value - right._value);

    public static Lanes1 operator *(Lanes1 left, Lanes1 right) => new(left._value * right._value);

    public static Lanes1 operator /(Lanes1 left, Lanes1 right) => new(left._value / right._value);
}
