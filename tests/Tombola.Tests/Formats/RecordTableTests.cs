using System.Text.Json;
using Tombola.Formats;

namespace Tombola.Tests.Formats;

public sealed class RecordTableTests
{
    [Fact]
    public void Columns_are_the_properties_as_JSON_names_them_in_order()
    {
        using var folder = new TemporaryFolder();
        Row[] rows = [new("a, b", 3, 0.1, null, true), new("c", -1, double.NaN, 2.5, false)];
        RecordTable.Write(folder["rows.csv"], typeof(Row), rows);
        File.ReadAllText(folder["rows.csv"]).ShouldBe(
            "layer_name,bin_count,share,mean,is_last\n\"a, b\",3,0.1,,true\nc,-1,NaN,2.5,false\n");
        using var json = JsonDocument.Parse(CanonicalJson.Pretty(rows));
        json.RootElement[1].EnumerateObject().Select(property => property.Name)
            .ShouldBe(RecordTable.ColumnsOf(typeof(Row)));
    }

    [Fact]
    public void A_table_without_rows_has_its_header()
    {
        using var folder = new TemporaryFolder();
        RecordTable.Write(folder["rows.csv"], typeof(Row), []);
        CsvReader.Read(folder["rows.csv"]).Columns.Count.ShouldBe(5);
    }

    private sealed record Row(string LayerName, int BinCount, double Share, double? Mean, bool IsLast);
}
