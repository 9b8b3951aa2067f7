using Elsa.Workflows;
using Elsa.Workflows.Management.Mappers;
using Elsa.Workflows.Management.Materializers;
using Elsa.Workflows.Management.Models;
using Elsa.Workflows.Runtime;

namespace Verify.Elsa;

/// <summary>Gives Elsa the definitions that the runtime was opened with. Each version has an id of its own, whatever its file says.</summary>
internal sealed class GivenDefinitions(DefinitionTexts texts, IActivitySerializer serializer, WorkflowDefinitionMapper mapper) : IWorkflowsProvider
{
    public string Name => "Verify";

    public static string VersionId(string definitionId, int version) => $"{definitionId}-v{version}";

    public ValueTask<IEnumerable<MaterializedWorkflow>> GetWorkflowsAsync(CancellationToken cancellationToken = default)
    {
        var workflows = new List<MaterializedWorkflow>();
        // The newest of each last: Elsa takes that one for the latest.
        foreach (var model in texts.Json.Select(serializer.Deserialize<WorkflowDefinitionModel>).OrderBy(m => m.Version))
        {
            model.Id = VersionId(model.DefinitionId, model.Version);
            workflows.Add(new(mapper.Map(model), Name, JsonWorkflowMaterializer.MaterializerName));
        }
        return new(workflows);
    }
}

/// <param name="Json">The texts of the definition files.</param>
internal sealed record DefinitionTexts(IReadOnlyCollection<string> Json);
