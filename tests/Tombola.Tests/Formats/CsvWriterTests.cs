using Tombola.Formats;

namespace Tombola.Tests.Formats;

public sealed class CsvWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fields_are_written_without_culture_and_quoted_where_needed()
    {
        using (var csv = new CsvWriter(_folder["t"], ["a", "b,c", "d"]))
        {
            csv.Write(1, 0.1, 0.1f);
            csv.Write(null, "x\"y", "two\nlines");
            csv.Write(true, double.NaN, double.NegativeInfinity);
            csv.Write(long.MinValue, 1e300, " é ");
        }

        File.ReadAllBytes(_folder["t"]).ShouldBe(System.Text.Encoding.UTF8.GetBytes(
            "a,\"b,c\",d\n1,0.1,0.1\n"
            + ",\"x\"\"y\",\"two\nlines\"\ntrue,NaN,-Infinity\n-9223372036854775808,1E+300, é \n"));
    }

    [Fact]
    public void A_row_has_as_many_values_as_there_are_columns()
    {
        using var csv = new CsvWriter(_folder["t"], ["a", "b"]);
        Should.Throw<ArgumentException>(() => csv.Write(1));
        Should.Throw<ArgumentException>(() => csv.Write(1, 2, 3));
    }

    [Fact]
    public void Columns_have_distinct_names()
    {
        Should.Throw<ArgumentException>(() => new CsvWriter(_folder["t"], []));
        Should.Throw<ArgumentException>(() => new CsvWriter(_folder["t"], ["a", ""]));
        Should.Throw<ArgumentException>(() => new CsvWriter(_folder["t"], ["a", "a"]));
        File.Exists(_folder["t"]).ShouldBeFalse();
    }
}
