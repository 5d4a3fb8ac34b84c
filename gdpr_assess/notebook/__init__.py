"""Everything that lives in notebooks: the report's views, rendering with Papermill, serving with Voila."""
